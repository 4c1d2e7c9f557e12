#include "ui/text/dialecttext.h"

#include <array>

namespace Ui {

QString dialectText(Gateway::Dialect dialect)
{
    static constexpr std::array names = {"Gemini", "OpenAI", "Anthropic", "Ollama", "Admin"};
    return QLatin1String(names[static_cast<std::size_t>(dialect)]);
}

} // namespace Ui
