#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/common/secret.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// What a piece of an import is worth.
enum class ImportVerdict : std::uint8_t {
    New,
    Known,    ///< The gateway has this key.
    Twice,    ///< It stands further up in the same import.
    Malformed ///< See ImportFault; never imported.
};

enum class ImportFault : std::uint8_t {
    None,
    TooShort, ///< Fewer characters than any key has, or a cut one.
    TooLong,
    NotAKey ///< Words, or characters that no key has.
};

/// "Too short", "Too long", "Not a Google key", for people; "" for None.
std::string_view importFaultText(ImportFault fault);

/// Where something stands in the imported text.
struct ImportPlace
{
    int line = 0;           ///< From 1; 0: not known.
    std::size_t offset = 0; ///< First byte, from the text's start.
    std::size_t length = 0; ///< Bytes.
};

struct ImportedKey
{
    Secret secret;
    KeySettings settings;
    ImportVerdict verdict = ImportVerdict::New;
    ImportFault fault = ImportFault::None;
    bool isUnusual = false; ///< Not in a form that Google is known to give, yet it may be a key.
    ImportPlace place;
};

struct ImportedToken
{
    Secret secret;
    TokenSettings settings;
    ImportPlace place;
};

/// Something that was left out or changed, for people.
struct ImportWarning
{
    int line = 0; ///< 0: about the whole.
    std::string text;
};

enum class ImportFormat : std::uint8_t { Text, Csv, Json, Env, SqlDump, Database, Sealed };

/// What an import found; nothing of it is stored yet.
struct ImportResult
{
    ImportFormat format = ImportFormat::Text;
    std::vector<ImportedKey> keys; ///< In the order of the text, the malformed ones too.
    std::vector<ImportedToken> tokens;
    std::vector<std::pair<std::string, std::string>> settings; ///< By environment name, checked.
    std::vector<Secret> proxies;                               ///< Further proxy URLs.
    std::vector<ImportWarning> warnings;

    std::size_t count(ImportVerdict verdict) const;
    /// The new ones, for the store.
    std::vector<NewKey> newKeys() const;
};

/// Whether the gateway has the key already. Empty: it has none.
using KnownKeys = std::function<bool(std::string_view key)>;

} // namespace Gateway
