#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Changes of keys' settings; what is absent stays as it is.
struct KeyPatch
{
    std::optional<std::string> label;
    std::optional<std::string> note;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> project;
    std::optional<int> priority;
    std::optional<int> weight;
    std::optional<bool> enabled;
    std::optional<std::vector<std::string>> allowedModels;
    std::optional<std::vector<std::string>> deniedModels;
    std::optional<std::string> proxy;
    std::optional<std::int64_t> minuteRequests;
    std::optional<std::int64_t> minuteTokens;
    std::optional<std::int64_t> dayRequests;
    std::optional<KeyTier> tier;
    std::optional<KeyKind> kind;
    std::optional<std::string> baseUrl;
};

/// Keys to be added, as text of any shape.
struct AddKeys
{
    std::string text;         ///< Lists, .env lines, CSV, JSON, a dump of another gateway.
    std::string labelPattern; ///< "Studio {n}": {n} counts the added keys; empty: no label.
    KeySettings settings;     ///< For each added key where the text says nothing itself.
    Secret passphrase;        ///< Of a sealed export, whose bytes `text` then has as base64.
    bool isPreview = false;   ///< Says what would happen and changes nothing.
    /// Takes over what else the text holds of another gateway's configuration: tokens, settings, proxies.
    bool withOthers = false;
};

enum class KeyVerdict : std::uint8_t {
    New,       ///< Added (or would be).
    Known,     ///< Is there already.
    Restored,  ///< Had been deleted and is back.
    Repeated,  ///< Stands earlier in the same text.
    Malformed, ///< Looks like a key but is none.
};

/// What became of one line (or one key) of the text.
struct AddedKey
{
    int line = 0;            ///< From 1; 0: not known.
    std::int64_t offset = 0; ///< First byte of the key, from the text's start.
    std::int64_t length = 0; ///< Bytes.
    KeyVerdict verdict = KeyVerdict::New;
    KeyId id = 0; ///< 0 in a preview of a new one and for malformed ones.
    std::string masked;
    std::string label; ///< That it gets, or has already.
    /// Malformed: why, a code ("too_short", "too_long", "not_a_google_key"); new: "unusual" when it has none
    /// of the forms that Google is known to give.
    std::string note;
};

enum class FindKind : std::uint8_t { Token, Setting, Proxy };

enum class FindVerdict : std::uint8_t {
    New,    ///< Taken over if that was asked for (or would be).
    Known,  ///< Is there already, or a setting that somebody chose here; stays as it is.
    Locked, ///< A setting that the environment or the command line holds: passed over.
    Refused ///< Cannot be taken over, see the note.
};

/// Something that the text holds beside keys.
struct OtherFind
{
    FindKind kind = FindKind::Setting;
    std::string name;  ///< A setting's, or the one a token gets; empty for a proxy.
    std::string value; ///< Without secrets: "…x9Qk" of a token, a URL without its password.
    FindVerdict verdict = FindVerdict::New;
    std::string note; ///< Known: "set_here" when the value differs from ours; Refused: why, for people.
};

struct AddKeysResult
{
    std::vector<AddedKey> keys;
    int added = 0; ///< New and restored ones.
    int known = 0;
    int repeated = 0;
    int malformed = 0;
    std::vector<OtherFind> others;     ///< Settings, then tokens, then proxies.
    int taken = 0;                     ///< Of `others`: were taken over, or would be.
    std::vector<std::string> warnings; ///< What was left out or changed, for people.
};

enum class ExportFormat : std::uint8_t { Csv, Json };

struct KeyExport
{
    std::vector<KeyId> ids; ///< Empty: all.
    ExportFormat format = ExportFormat::Csv;
    bool isRevealed = false; ///< Keys in full; recorded in the audit.
    Secret passphrase;       ///< Not empty: keys in full, the file sealed with it.
};

/// A file's content, to be written by the face that asked for it.
struct ExportedFile
{
    std::string name;      ///< Proposed: "gemini-keys.csv".
    std::string mediaType; ///< "text/csv"
    std::string content;
    bool isBase64 = false; ///< The content is base64 of the file's bytes; else it is the file's text.
};

struct RevealedKey
{
    KeyId id = 0;
    Secret secret;
};

} // namespace Gateway
