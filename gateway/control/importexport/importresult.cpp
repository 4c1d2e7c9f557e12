#include "gateway/control/importexport/importresult.h"

#include <algorithm>

namespace Gateway {

std::string_view importFaultText(ImportFault fault)
{
    switch (fault) {
    case ImportFault::TooShort:
        return "Too short";
    case ImportFault::TooLong:
        return "Too long";
    case ImportFault::NotAKey:
        return "Not a Google key";
    case ImportFault::None:
        break;
    }
    return {};
}

std::size_t ImportResult::count(ImportVerdict verdict) const
{
    return static_cast<std::size_t>(std::count_if(
        keys.begin(), keys.end(), [verdict](const ImportedKey &key) { return key.verdict == verdict; }));
}

std::vector<NewKey> ImportResult::newKeys() const
{
    std::vector<NewKey> made;
    made.reserve(keys.size());
    for (const ImportedKey &key : keys) {
        if (key.verdict == ImportVerdict::New)
            made.push_back({key.secret, key.settings});
    }
    return made;
}

} // namespace Gateway
