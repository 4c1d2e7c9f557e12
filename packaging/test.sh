#!/usr/bin/env bash
# Builds and tests everything: packaging/test.sh [ctest arguments]
# Four builds, none of which builds what another one tests already: an optimised one, for the clients that users have;
# one under the address and undefined behaviour sanitizers, for the unit, window and integration tests; what the thread
# sanitizer's tests need; and the fuzz targets, with clang, without Qt Gui. Then one run of ctest, which holds the
# sanitizers' runs, the fuzzing and the form check as tests of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/deps.sh --tests

cmake --preset release -DGW_TESTS=ON -DGW_WERROR=ON -DGW_CHECKS=ON -DGW_TEST_LABELS=release
cmake --build --preset release
# Warnings are no errors here: sanitizers bring false ones (GCC manual, -fsanitize=address).
cmake --preset asan -DGW_TESTS=ON "-DGW_TEST_LABELS=unit;integration;gui"
cmake --build --preset asan
# Of this one only the tests of what threads share (packaging/cmake/GwChecks.cmake).
cmake --preset tsan -DGW_TESTS=ON -DGUI=OFF
cmake --build --preset tsan --target tst_keypoolthreads tst_keypoolsettling tst_healthmonitor \
    tst_tokenmeter tst_failedattempts
cmake --preset fuzz
cmake --build --preset fuzz

exec ctest --test-dir build/release -LE '^(unit|gui|integration)$' --output-on-failure --no-tests=error -j "$(nproc)" "$@"
