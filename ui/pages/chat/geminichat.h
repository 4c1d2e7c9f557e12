#pragma once

#include "ui/pages/chat/chatdialect.h"

namespace Ui {

/// models/…:streamGenerateContent?alt=sse (ai.google.dev/api/generate-content).
class GeminiChat final : public ChatDialect
{
public:
    QString id() const override;
    QString name() const override;
    ChatCall write(const ChatQuestion &question) const override;
    ChatDelta read(const QByteArray &data) const override;
    ChatFailure readFailure(int status, const QByteArray &body) const override;
};

} // namespace Ui
