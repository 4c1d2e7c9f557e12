#include "app/keychainsource.h"

#include <utility>

namespace Gateway {

namespace {

std::string entryName(const std::string &storeId)
{
    return "master key of store " + storeId;
}

} // namespace

KeychainSource::KeychainSource(std::function<Keychain *()> load)
    : m_load(std::move(load))
{
}

Result<std::vector<MasterKey>> KeychainSource::load(const std::string &storeId)
{
    Keychain *keychain = m_load();
    if (!keychain)
        return std::vector<MasterKey>();
    const Result<std::optional<Secret>> text = keychain->read(entryName(storeId));
    if (!text)
        return fail(text.error());
    return MasterKey::parseLines(*text ? (*text)->reveal() : std::string(), name());
}

bool KeychainSource::isWritable() const
{
    return m_load() != nullptr;
}

Result<void> KeychainSource::save(const std::string &storeId, const std::vector<MasterKey> &keys)
{
    Keychain *keychain = m_load();
    if (!keychain)
        return fail(503, "keychain_refused", "There is no keychain.");
    std::string lines;
    for (const MasterKey &key : keys)
        lines += key.text().reveal() + '\n';
    return keychain->write(entryName(storeId), Secret(lines));
}

} // namespace Gateway
