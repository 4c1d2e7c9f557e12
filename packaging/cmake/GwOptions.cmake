# Compiler options shared by every target, carried by one INTERFACE target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# The program lies at the top of the build folder, where README and scripts name it.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
find_program(MOLD mold)

add_library(gw_options INTERFACE)
target_include_directories(gw_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(gw_options INTERFACE
  -Wall -Wextra -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
  $<$<BOOL:${GW_WERROR}>:-Werror>)
# g++ 12 sees overlaps and overflows in std::string's own code that cannot be (gcc.gnu.org/PR105651); in
# precompiled headers that code no longer counts as the system's. The optimiser's other guesses are shown, but
# break no build: they depend on what it happened to inline.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(gw_options INTERFACE
    -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
    -Wno-error=maybe-uninitialized -Wno-error=use-after-free -Wno-error=free-nonheap-object
    -Wno-error=nonnull)
endif()
target_compile_definitions(gw_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_USE_QSTRINGBUILDER QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  GW_VERSION="${PROJECT_VERSION}")
if(MOLD)
  target_link_options(gw_options INTERFACE -fuse-ld=mold)
endif()
# Qt tells each test its folders by these, which would let none share precompiled headers. No test looks for files so.
set(GW_TEST_OPTIONS -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
# -Og, as both sanitizers' checks make -O1 take twice as long to compile.
# Without the two checks that make g++ slow and that the address sanitizer and the fuzz targets have as well.
# What tests do themselves is not looked at for undefined behaviour: it is a third of their compile time.
if(GW_SANITIZE)
  target_compile_options(gw_options INTERFACE -fsanitize=${GW_SANITIZE} -fno-omit-frame-pointer -g1 -Og)
  if(GW_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(gw_options INTERFACE -fno-sanitize=null,alignment)
    list(APPEND GW_TEST_OPTIONS -fno-sanitize=undefined)
  endif()
  target_link_options(gw_options INTERFACE -fsanitize=${GW_SANITIZE})
endif()
