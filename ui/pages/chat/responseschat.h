#pragma once

#include "ui/pages/chat/chatdialect.h"

namespace Ui {

/// /v1/responses with "stream" (platform.openai.com/docs/api-reference/responses). The whole conversation
/// goes along each time, and nothing is kept by the gateway.
class ResponsesChat final : public ChatDialect
{
public:
    QString id() const override;
    QString name() const override;
    ChatCall write(const ChatQuestion &question) const override;
    ChatDelta read(const QByteArray &data) const override;
    ChatFailure readFailure(int status, const QByteArray &body) const override;
};

} // namespace Ui
