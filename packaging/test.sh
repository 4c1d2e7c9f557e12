#!/usr/bin/env bash
# Builds and tests everything: packaging/test.sh [ctest arguments]
# Two builds: an optimised one with windows, and one under the address and undefined behaviour sanitizers
# without (so that the gateway is also seen to build without Qt Gui and Widgets). Then one run of ctest, which
# holds the sanitizers' run and the form check as tests of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/deps.sh --tests

cmake --preset release -DGW_TESTS=ON -DGW_WERROR=ON -DGW_CHECKS=ON
cmake --build --preset release
# Warnings are no errors here: sanitizers bring false ones (GCC manual, -fsanitize=address).
cmake --preset asan -DGW_TESTS=ON -DGUI=OFF
cmake --build --preset asan

exec ctest --test-dir build/release --output-on-failure --no-tests=error -j "$(nproc)" "$@"
