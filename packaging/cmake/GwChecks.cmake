# Checks of packaging/test.sh that are no programs of tests/.
add_test(NAME form COMMAND "${CMAKE_SOURCE_DIR}/packaging/format.sh")
set_tests_properties(form PROPERTIES LABELS check TIMEOUT 300)

# Eight threads on one pool, and what else is shared between threads without Qt in between, in build/tsan.
set(GW_TSAN_TESTS tst_keypoolthreads tst_keypoolsettling tst_healthmonitor tst_tokenmeter tst_failedattempts)
list(JOIN GW_TSAN_TESTS "|" GW_TSAN_PATTERN)
add_test(NAME threads
  COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${CMAKE_SOURCE_DIR}/build/tsan" -R "^(${GW_TSAN_PATTERN})$"
          --output-on-failure --no-tests=error)
set_tests_properties(threads PROPERTIES LABELS check TIMEOUT 300
  ENVIRONMENT "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp")

# The tests of build/asan; alone, since sanitizers make time limits tight.
add_test(NAME sanitizers
  COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${CMAKE_SOURCE_DIR}/build/asan" -L "^(unit|integration|gui)$"
          --output-on-failure --no-tests=error -j 2)
set_tests_properties(sanitizers PROPERTIES LABELS check TIMEOUT 2400 RUN_SERIAL ON
  ENVIRONMENT "ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1;UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1")

# A minute for each target of build/fuzz, two at a time. With one seed, so that a commit does not fail for what
# another one brought in; packaging/fuzz.sh without it looks further.
add_test(NAME fuzz COMMAND "${CMAKE_SOURCE_DIR}/packaging/fuzz.sh" 60)
set_tests_properties(fuzz PROPERTIES LABELS check TIMEOUT 1800 RUN_SERIAL ON ENVIRONMENT "GW_FUZZ_SEED=1")
