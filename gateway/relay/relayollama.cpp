// Requests of Ollama's dialect.
#include <utility>

#include "gateway/common/json.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/ollama/ollamamodels.h"
#include "gateway/dialects/ollama/ollamarequest.h"
#include "gateway/relay/relay.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json; charset=utf-8";
/// Nothing is loaded here: the models run at Google.
constexpr std::string_view NO_MODELS = R"({"models":[]})";

Result<std::string> modelOf(const std::string &body)
{
    const Result<json::object> parsed = parseJsonObject(body);
    return parsed ? ollamaModel(*parsed) : fail(parsed.error());
}

} // namespace

void Relay::ollamaChat(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Ollama, Gateway::ollamaChat);
}

void Relay::ollamaGenerate(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Ollama, Gateway::ollamaGenerate);
}

void Relay::ollamaEmbed(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Ollama, Gateway::ollamaEmbed);
}

void Relay::ollamaEmbeddings(ClientRequest request, std::unique_ptr<Downstream> down)
{
    translated(std::move(request), std::move(down), Dialect::Ollama, Gateway::ollamaEmbeddings);
}

void Relay::ollamaShow(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const Result<std::string> model = modelOf(request.body);
    if (!model) {
        refuse(std::move(request), std::move(down), Dialect::Ollama, model.error());
        return;
    }
    models(std::move(request), std::move(down), Dialect::Ollama, *model);
}

void Relay::ollamaRunning(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = makeJob(std::move(request), std::move(down), Dialect::Ollama);
    job->nameRecord("ps", {});
    job->answer(JSON, NO_MODELS);
}

void Relay::ollamaVersion(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = makeJob(std::move(request), std::move(down), Dialect::Ollama);
    job->leaveNoRecord();
    std::string body = "{\"version\":";
    appendJsonString(body, OLLAMA_VERSION);
    job->answer(JSON, body + '}');
}

} // namespace Gateway
