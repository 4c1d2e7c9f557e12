#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/common/dialect.h"
#include "gateway/common/keysettings.h"
#include "gateway/common/quota.h"
#include "gateway/common/usage.h"
#include "gateway/control/values/gatewaystatus.h"
#include "gateway/control/values/keychecks.h"
#include "gateway/control/values/keyedit.h"
#include "gateway/control/values/keyinfo.h"
#include "gateway/control/values/modelview.h"
#include "gateway/telemetry/logring.h"

namespace Gateway {

// The words of each enum in JSON and on the command line, in the order of its values. The argument only
// chooses the enum.
std::span<const std::string_view> wordsOf(GatewayStatus::State);
std::span<const std::string_view> wordsOf(KeyStatus);
std::span<const std::string_view> wordsOf(KeyTier);
std::span<const std::string_view> wordsOf(KeyKind);
std::span<const std::string_view> wordsOf(KeyVerdict);
std::span<const std::string_view> wordsOf(FindKind);
std::span<const std::string_view> wordsOf(FindVerdict);
std::span<const std::string_view> wordsOf(ExportFormat);
std::span<const std::string_view> wordsOf(CheckScope);
std::span<const std::string_view> wordsOf(CheckVerdict);
std::span<const std::string_view> wordsOf(QuotaKind);
std::span<const std::string_view> wordsOf(ModelBreaker);
std::span<const std::string_view> wordsOf(Dialect);
std::span<const std::string_view> wordsOf(LogLevel);
std::span<const std::string_view> wordsOf(UsageStep);

/// "csv, json"
std::string joinedWords(std::span<const std::string_view> words);

/// The value's word.
template <typename E>
std::string_view nameOf(E value)
{
    return wordsOf(value)[static_cast<std::size_t>(value)];
}

/// The value of that word; nothing when there is none.
template <typename E>
std::optional<E> fromName(std::string_view word)
{
    const std::span<const std::string_view> words = wordsOf(E{});
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == word)
            return static_cast<E>(i);
    }
    return std::nullopt;
}

} // namespace Gateway
