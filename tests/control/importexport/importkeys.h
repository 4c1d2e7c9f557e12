#pragma once

#include <string>

#include <QRandomGenerator>

#include "gateway/control/importexport/importresult.h"

namespace TestSupport {

inline std::string keyBody(QRandomGenerator &random, int size)
{
    static constexpr char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string body;
    for (int i = 0; i < size; ++i)
        body += LETTERS[random.bounded(64)];
    return body;
}

/// A made-up key of the old form, "AIza" and 35 characters.
inline std::string oldKey(quint32 seed)
{
    QRandomGenerator random(seed);
    return "AIza" + keyBody(random, 34) + 'x';
}

/// And of the new one.
inline std::string newKey(quint32 seed)
{
    QRandomGenerator random(seed);
    return "AQ." + keyBody(random, 49) + 'x';
}

/// "new", "known", "twice" or the fault, for comparing.
inline std::string verdictOf(const Gateway::ImportedKey &key)
{
    switch (key.verdict) {
    case Gateway::ImportVerdict::New:
        return "new";
    case Gateway::ImportVerdict::Known:
        return "known";
    case Gateway::ImportVerdict::Twice:
        return "twice";
    case Gateway::ImportVerdict::Malformed:
        break;
    }
    return std::string(Gateway::importFaultText(key.fault));
}

} // namespace TestSupport
