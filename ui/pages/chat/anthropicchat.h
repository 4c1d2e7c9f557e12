#pragma once

#include "ui/pages/chat/chatdialect.h"

namespace Ui {

/// /v1/messages with "stream" (platform.claude.com/docs/en/api/messages).
class AnthropicChat final : public ChatDialect
{
public:
    QString id() const override;
    QString name() const override;
    ChatCall write(const ChatQuestion &question) const override;
    ChatDelta read(const QByteArray &data) const override;
    ChatFailure readFailure(int status, const QByteArray &body) const override;
};

} // namespace Ui
