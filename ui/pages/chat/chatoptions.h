#pragma once

#include <QString>

#include "gateway/common/chatrow.h"

namespace Ui {

/// How a conversation asks, beside its model and system text; kept as ChatRow::settings.
struct ChatOptions
{
    QString dialect; ///< Empty: the usual one.
    bool thinks = false;
    bool searches = false;
    QString thinkingLevel;   ///< Empty: the model's own.
    double temperature = -1; ///< Below 0: the model's own.

    bool operator==(const ChatOptions &) const = default;
};

/// JSON, and back; members that are missing or make no sense are as at the start.
std::string settingsOf(const ChatOptions &options);
ChatOptions optionsOf(const std::string &settings);

} // namespace Ui
