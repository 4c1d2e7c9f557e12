#!/usr/bin/env bash
# Builds and tests everything: packaging/test.sh [ctest arguments]
# Three builds: an optimised one with windows, one under the address and undefined behaviour sanitizers without (so
# that the gateway is also seen to build without Qt Gui and Widgets), and a part of one under the thread sanitizer.
# Then one run of ctest, which holds the sanitizers' runs and the form check as tests of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/deps.sh --tests

cmake --preset release -DGW_TESTS=ON -DGW_WERROR=ON -DGW_CHECKS=ON
cmake --build --preset release
# Warnings are no errors here: sanitizers bring false ones (GCC manual, -fsanitize=address).
cmake --preset asan -DGW_TESTS=ON -DGUI=OFF
cmake --build --preset asan
# Of this one only the tests of what threads share (packaging/cmake/GwChecks.cmake).
cmake --preset tsan -DGW_TESTS=ON -DGUI=OFF
cmake --build --preset tsan --target tst_keypoolthreads tst_keypoolsettling tst_healthmonitor tst_tokenmeter \
    tst_failedattempts

exec ctest --test-dir build/release --output-on-failure --no-tests=error -j "$(nproc)" "$@"
