#include "ui/pages/chat/chatdialect.h"

#include "ui/pages/chat/anthropicchat.h"
#include "ui/pages/chat/geminichat.h"
#include "ui/pages/chat/ollamachat.h"
#include "ui/pages/chat/openaichat.h"
#include "ui/pages/chat/responseschat.h"

using namespace Qt::StringLiterals;

namespace Ui {

void addPart(ChatDelta &delta, ChatPart::Kind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    ChatPart part;
    part.kind = kind;
    part.text = text;
    delta.parts.append(part);
}

ChatFailure failureOf(const QJsonObject &error, int status)
{
    ChatFailure failure;
    failure.status = status > 0 ? status : 502;
    failure.code = error["code"_L1].toString(error["type"_L1].toString());
    failure.text = error["message"_L1].toString();
    return failure;
}

std::vector<std::unique_ptr<ChatDialect>> chatDialects()
{
    std::vector<std::unique_ptr<ChatDialect>> dialects;
    dialects.push_back(std::make_unique<GeminiChat>());
    dialects.push_back(std::make_unique<OpenAiChat>());
    dialects.push_back(std::make_unique<ResponsesChat>());
    dialects.push_back(std::make_unique<AnthropicChat>());
    dialects.push_back(std::make_unique<OllamaChat>());
    return dialects;
}

} // namespace Ui
