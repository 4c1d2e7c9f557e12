#pragma once

#include "ui/pages/chat/chatdialect.h"

namespace Ui {

/// /api/chat, a line of JSON for each piece (docs.ollama.com/api/chat). It takes text and pictures; other
/// files are left out, which the question then says.
class OllamaChat final : public ChatDialect
{
public:
    QString id() const override;
    QString name() const override;
    bool isLines() const override { return true; }
    bool canSearch() const override { return false; }
    ChatCall write(const ChatQuestion &question) const override;
    ChatDelta read(const QByteArray &data) const override;
    ChatFailure readFailure(int status, const QByteArray &body) const override;
};

} // namespace Ui
