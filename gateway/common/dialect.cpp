#include "gateway/common/dialect.h"

namespace Gateway {

std::string_view dialectName(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Gemini:
        return "gemini";
    case Dialect::OpenAi:
        return "openai";
    case Dialect::Anthropic:
        return "anthropic";
    case Dialect::Ollama:
        return "ollama";
    case Dialect::Admin:
        return "admin";
    }
    return "gemini";
}

} // namespace Gateway
