# Half of a file's compile time is reading Qt, Boost.JSON and the standard library: done once, for all targets.
option(GW_PCH "Precompile the libraries' headers" ON)

# Two sets, since the windows see neither Boost.JSON nor the gateway, and the gateway sees no windows; and for each one
# more with Qt Test.
function(gw_add_pch NAME)
  cmake_parse_arguments(ARG "FOR_TESTS" "" "LIBS;HEADERS" ${ARGN})
  set(source "${CMAKE_BINARY_DIR}/${NAME}.cpp")
  if(NOT EXISTS "${source}")
    file(WRITE "${source}" "")
  endif()
  add_library(${NAME} OBJECT "${source}")
  set_target_properties(${NAME} PROPERTIES AUTOMOC OFF)
  target_link_libraries(${NAME} PRIVATE gw_options tl::expected ${ARG_LIBS})
  if(ARG_FOR_TESTS)
    # A test's own headers ask for these, whether it links Qt Network or not.
    target_link_libraries(${NAME} PRIVATE Qt6::Network Qt6::Test)
    target_compile_options(${NAME} PRIVATE ${GW_TEST_OPTIONS})
    list(APPEND ARG_HEADERS <QSignalSpy> <QTest>)
    set_target_properties(${NAME} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
  target_precompile_headers(${NAME} PRIVATE
    <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <string> <string_view> <unordered_map>
    <utility> <vector> <tl/expected.hpp>
    <QByteArray> <QHash> <QList> <QObject> <QString> <QTimer> <QVariant> ${ARG_HEADERS})
endfunction()

if(GW_PCH)
  set(gateway_headers LIBS Qt6::Core Boost::json HEADERS <boost/json.hpp>)
  set(window_headers LIBS Qt6::Widgets
    HEADERS <QAction> <QBoxLayout> <QComboBox> <QDateTime> <QEvent> <QJsonObject> <QLabel> <QLineEdit> <QMenu>
            <QPainter> <QScrollArea> <QWidget>)
  gw_add_pch(gw_pch ${gateway_headers})
  if(GW_TESTS)
    gw_add_pch(gw_test_pch FOR_TESTS ${gateway_headers})
  endif()
  if(GUI)
    gw_add_pch(gw_gui_pch ${window_headers})
    set_target_properties(gw_gui_pch PROPERTIES POSITION_INDEPENDENT_CODE ON)
    if(GW_TESTS)
      gw_add_pch(gw_gui_test_pch FOR_TESTS ${window_headers})
    endif()
  endif()
endif()
