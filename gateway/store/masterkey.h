#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/common/secret.h"

namespace Gateway {

/// The key that seals a store's secrets: 32 random bytes. Wiped from memory when it goes.
class MasterKey
{
public:
    static constexpr std::size_t BYTES = 32;

    /// A new one from the system's random source.
    static MasterKey random();
    /// 64 hex digits, or base64 (also the URL-safe kind, padding optional) of 32 bytes; blanks around do not
    /// count. Fails with "master_key_invalid", `whence` in the text.
    static Result<MasterKey> parse(std::string_view text, std::string_view whence);
    /// One a line; empty lines do not count.
    static Result<std::vector<MasterKey>> parseLines(std::string_view text, std::string_view whence);

    /// In base64.
    Secret text() const;
    const unsigned char *data() const { return m_bytes.data(); }

    MasterKey(const MasterKey &) = default;
    MasterKey &operator=(const MasterKey &) = default;
    ~MasterKey();

private:
    MasterKey() = default;

    std::array<unsigned char, BYTES> m_bytes{};
};

/// A place where the master key is kept. Asked in the store's thread when a store is opened.
class MasterKeySource
{
public:
    virtual ~MasterKeySource() = default;

    /// For texts: "GATEWAY_MASTER_KEY", "the file /var/lib/x/master.key".
    virtual std::string name() const = 0;
    /// The keys there, empty when there is none. While a store is sealed anew there are two, and the store
    /// tells which one is right. `storeId` names the store, for a place that serves several.
    virtual Result<std::vector<MasterKey>> load(const std::string &storeId) = 0;
    /// Whether save() is possible at all.
    virtual bool isWritable() const = 0;
    /// Puts these in place of what was there, durably.
    virtual Result<void> save(const std::string &storeId, const std::vector<MasterKey> &keys) = 0;
};

} // namespace Gateway
