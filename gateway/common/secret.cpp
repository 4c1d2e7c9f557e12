#include "gateway/common/secret.h"

#include <sodium.h>

namespace Gateway {

namespace {

const std::string EMPTY;

void wipeAndDelete(const std::string *text)
{
    auto *writable = const_cast<std::string *>(text);
    sodium_memzero(writable->data(), writable->size());
    delete writable;
}

} // namespace

Secret::Secret(std::string_view text)
    : m_text(new std::string(text), wipeAndDelete)
{
}

const std::string &Secret::reveal() const
{
    return m_text ? *m_text : EMPTY;
}

std::string Secret::masked() const
{
    return maskSecret(reveal());
}

bool Secret::equals(std::string_view other) const
{
    const std::string &mine = reveal();
    return mine.size() == other.size() && sodium_memcmp(mine.data(), other.data(), mine.size()) == 0;
}

void hideSecret(std::string &text, const Secret &secret)
{
    const std::string &hidden = secret.reveal();
    if (hidden.empty())
        return;
    const std::string mask = secret.masked();
    for (std::size_t at = text.find(hidden); at != std::string::npos;
         at = text.find(hidden, at + mask.size()))
        text.replace(at, hidden.size(), mask);
}

std::string maskSecret(std::string_view text)
{
    if (text.size() < 12)
        return "…";
    std::string masked(text.substr(0, 4));
    masked += "…";
    masked += text.substr(text.size() - 4);
    return masked;
}

} // namespace Gateway
