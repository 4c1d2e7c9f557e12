#include "app/libraries.h"

#include <boost/version.hpp>
#include <curl/curl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zlib.h>

#include <QtGlobal>

namespace Gateway {

namespace {

std::string boostVersion()
{
    return std::to_string(BOOST_VERSION / 100'000) + '.' + std::to_string(BOOST_VERSION / 100 % 1000) + '.' +
           std::to_string(BOOST_VERSION % 100);
}

} // namespace

std::vector<Library> libraries()
{
    return {
        {"Qt", qVersion(), "LGPL-3.0-only", "https://www.qt.io"},
        {"Qt HttpServer", qVersion(), "GPL-3.0-only", "https://doc.qt.io/qt-6/qthttpserver-index.html"},
        {"libcurl", curl_version_info(CURLVERSION_NOW)->version, "curl", "https://curl.se/libcurl"},
        {"Boost.JSON", boostVersion(), "BSL-1.0", "https://www.boost.org/libs/json"},
        {"SQLite", sqlite3_libversion(), "blessing", "https://www.sqlite.org"},
        {"libsodium", sodium_version_string(), "ISC", "https://libsodium.org"},
        {"zlib", zlibVersion(), "Zlib", "https://zlib.net"},
        {"tl::expected", {}, "CC0-1.0", "https://tl.tartanllama.xyz"},
        {"FFmpeg", {}, "GPL-2.0-or-later", "https://ffmpeg.org"},
        {"Sonic", {}, "Apache-2.0", "https://github.com/waywardgeek/sonic"},
        {"QtKeychain", {}, "BSD-3-Clause", "https://github.com/frankosterfeld/qtkeychain"},
    };
}

std::string librariesText()
{
    std::string text;
    for (const Library &library : libraries())
        text += library.name + (library.version.empty() ? "" : ' ' + library.version) + " (" +
                library.licence + ")\n";
    return text;
}

} // namespace Gateway
