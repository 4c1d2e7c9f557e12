# Checks of packaging/test.sh that are no programs of tests/.
add_test(NAME form COMMAND "${CMAKE_SOURCE_DIR}/packaging/format.sh")
set_tests_properties(form PROPERTIES LABELS check TIMEOUT 300)

# The unit and integration tests of build/asan; alone, since sanitizers make time limits tight.
add_test(NAME sanitizers
  COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${CMAKE_SOURCE_DIR}/build/asan" -L "^(unit|integration)$"
          --output-on-failure --no-tests=error -j 2)
set_tests_properties(sanitizers PROPERTIES LABELS check TIMEOUT 1800 RUN_SERIAL ON
  ENVIRONMENT "ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1;UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1")
