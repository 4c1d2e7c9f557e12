#include "ui/pages/chat/chatdialect.h"

#include "ui/pages/chat/anthropicchat.h"
#include "ui/pages/chat/geminichat.h"
#include "ui/pages/chat/ollamachat.h"
#include "ui/pages/chat/openaichat.h"

namespace Ui {

std::vector<std::unique_ptr<ChatDialect>> chatDialects()
{
    std::vector<std::unique_ptr<ChatDialect>> dialects;
    dialects.push_back(std::make_unique<GeminiChat>());
    dialects.push_back(std::make_unique<OpenAiChat>());
    dialects.push_back(std::make_unique<AnthropicChat>());
    dialects.push_back(std::make_unique<OllamaChat>());
    return dialects;
}

} // namespace Ui
