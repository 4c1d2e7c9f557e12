#pragma once

#include <string>
#include <vector>

namespace Gateway {

/// A library that the program is made of.
struct Library
{
    std::string name;
    std::string
        version; ///< Of what is loaded, where the library tells; else of what it was built with, or empty.
    std::string licence; ///< SPDX identifier.
    std::string url;
};

/// All of them, Qt first.
std::vector<Library> libraries();

/// For a terminal: "libcurl 7.88.1 (curl)", each in its line.
std::string librariesText();

} // namespace Gateway
