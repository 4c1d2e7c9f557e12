# gw_use_pch(TARGET): takes the precompiled headers of the target gw_pch, and what they were made with.
function(gw_use_pch TARGET)
  if(GW_PCH)
    target_link_libraries(${TARGET} PRIVATE Boost::json tl::expected)
    target_precompile_headers(${TARGET} REUSE_FROM gw_pch)
  endif()
endfunction()

# The same for targets of the windows.
function(gw_use_gui_pch TARGET)
  if(GW_PCH)
    target_precompile_headers(${TARGET} REUSE_FROM gw_gui_pch)
  endif()
endfunction()

# Files of a room that begin with one letter are compiled as one: half the time for a build whose every file is new.
# ALONE are files with names in anonymous namespaces that a neighbour has too, as those have that follow one pattern
# (routes, verbs, repositories, strategies). Not for the windows, whose files all have a HEIGHT and a RADIUS.
option(GW_UNITY "Compile files of a room of the gateway together" OFF)
function(gw_use_unity TARGET)
  if(NOT GW_UNITY)
    return()
  endif()
  set_target_properties(${TARGET} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(together ${TARGET} SOURCES)
  list(FILTER together INCLUDE REGEX "\\.cpp$")
  list(FILTER together EXCLUDE REGEX "(routes|verbs?|repository)\\.cpp$|^strategies/")
  if(ARGN)
    list(REMOVE_ITEM together ${ARGN})
  endif()
  foreach(source ${together})
    cmake_path(GET source FILENAME name)
    string(SUBSTRING "${name}" 0 1 letter)
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${letter}")
  endforeach()
endfunction()

# gw_add_room(NAME SOURCES … ALONE … LIBS …): one room of the gateway as a static library `gateway_NAME`.
function(gw_add_room NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;ALONE;LIBS" ${ARGN})
  add_library(gateway_${NAME} STATIC ${ARG_SOURCES})
  target_link_libraries(gateway_${NAME} PUBLIC gw_options ${ARG_LIBS})
  gw_use_pch(gateway_${NAME})
  gw_use_unity(gateway_${NAME} ${ARG_ALONE})
endfunction()

# gw_add_test(NAME SOURCES … LIBS … LABEL unit|integration|gui|release): a Qt Test program, run without a display and
# with the C locale. LABEL is `unit` when left out. A label that GW_TEST_LABELS leaves out is not built by default.
function(gw_add_test NAME)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;LIBS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE gw_options Qt6::Network Qt6::Test ${ARG_LIBS})
  target_compile_options(${NAME} PRIVATE ${GW_TEST_OPTIONS})
  # Where no header has Q_OBJECT this file is empty, and reading the precompiled headers would be all its cost.
  set_source_files_properties("${CMAKE_CURRENT_BINARY_DIR}/${NAME}_autogen/mocs_compilation.cpp" PROPERTIES
    SKIP_PRECOMPILE_HEADERS ON)
  if(GW_PCH AND "ui" IN_LIST ARG_LIBS)
    target_precompile_headers(${NAME} REUSE_FROM gw_gui_test_pch)
  elseif(GW_PCH)
    target_link_libraries(${NAME} PRIVATE Boost::json tl::expected)
    target_precompile_headers(${NAME} REUSE_FROM gw_test_pch)
  endif()
  if(GW_TEST_LABELS AND NOT ARG_LABEL IN_LIST GW_TEST_LABELS)
    set_target_properties(${NAME} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  set_target_properties(${NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_compile_definitions(${NAME} PRIVATE GW_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${NAME} COMMAND ${NAME})
  set_tests_properties(${NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "LC_ALL=C.UTF-8;QT_QPA_PLATFORM=offscreen")
endfunction()
