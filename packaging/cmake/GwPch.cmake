# Half of a file's compile time is reading Qt, Boost.JSON and the standard library: done once, for all targets.
option(GW_PCH "Precompile the libraries' headers" ON)

if(GW_PCH)
  set(gw_pch_source "${CMAKE_BINARY_DIR}/gw_pch.cpp")
  if(NOT EXISTS "${gw_pch_source}")
    file(WRITE "${gw_pch_source}" "")
  endif()
  add_library(gw_pch OBJECT "${gw_pch_source}")
  set_target_properties(gw_pch PROPERTIES AUTOMOC OFF)
  target_link_libraries(gw_pch PRIVATE gw_options Qt6::Core Boost::json tl::expected)
  target_precompile_headers(gw_pch PRIVATE
    <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <string> <string_view> <unordered_map>
    <utility> <vector> <boost/json.hpp> <tl/expected.hpp>
    <QByteArray> <QHash> <QList> <QObject> <QString> <QTimer> <QVariant>)
endif()
