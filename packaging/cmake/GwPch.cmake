# Half of a file's compile time is reading Qt, Boost.JSON and the standard library: done once, for all targets.
option(GW_PCH "Precompile the libraries' headers" ON)

# Two sets, since the windows see neither Boost.JSON nor the gateway, and the gateway sees no windows.
function(gw_add_pch NAME)
  cmake_parse_arguments(ARG "" "" "LIBS;HEADERS" ${ARGN})
  set(source "${CMAKE_BINARY_DIR}/${NAME}.cpp")
  if(NOT EXISTS "${source}")
    file(WRITE "${source}" "")
  endif()
  add_library(${NAME} OBJECT "${source}")
  set_target_properties(${NAME} PROPERTIES AUTOMOC OFF)
  target_link_libraries(${NAME} PRIVATE gw_options tl::expected ${ARG_LIBS})
  target_precompile_headers(${NAME} PRIVATE
    <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <string> <string_view> <unordered_map>
    <utility> <vector> <tl/expected.hpp>
    <QByteArray> <QHash> <QList> <QObject> <QString> <QTimer> <QVariant> ${ARG_HEADERS})
endfunction()

if(GW_PCH)
  gw_add_pch(gw_pch LIBS Qt6::Core Boost::json HEADERS <boost/json.hpp>)
  if(GUI)
    gw_add_pch(gw_gui_pch LIBS Qt6::Widgets
      HEADERS <QAction> <QBoxLayout> <QComboBox> <QDateTime> <QEvent> <QJsonObject> <QLabel> <QLineEdit> <QMenu>
              <QPainter> <QScrollArea> <QWidget>)
    set_target_properties(gw_gui_pch PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
endif()
