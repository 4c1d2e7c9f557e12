// Gemini's own dialect on its way through, and what Google says of itself.
#include <array>

#include "gateway/dialects/errors.h"
#include "gateway/dialects/googlejson.h"
#include "gateway/dialects/models.h"
#include "gateway/http/paths.h"
#include "gateway/relay/emptiness.h"
#include "gateway/relay/livesetup.h"
#include "gateway/relay/nativerequest.h"
#include "gateway/relay/resources.h"
#include "gateway/upstream/googleerror.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

std::string_view lineOf(std::string_view &text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

/// Method, path, query and Content-Type, a line each, then the body.
void checkRequest(std::string_view text)
{
    ClientRequest request;
    request.method = lineOf(text);
    request.path = cleanedPath(lineOf(text));
    if (!request.path.starts_with('/'))
        return; // no such path has a route
    request.query = lineOf(text);
    request.headers = {{"Content-Type", std::string(lineOf(text))},
                       {"x-goog-api-key", "secret-of-the-client"}};
    request.body = text;
    NativeRequest native = prepareNative(request, "https://generativelanguage.googleapis.com");
    require(native.url.starts_with("https://generativelanguage.googleapis.com/"), "it goes to Google");
    require(headerValue(request.headers, "x-goog-api-key").empty(), "a client's credential does not go on");
    if (const Result<void> checked = checkNativeBody(request, native); !checked)
        require(isJson(errorBody(Dialect::Gemini, checked.error())), "an error's body is JSON");
    if (native.namesModel)
        changeModel(native, "gemini-other");
}

/// Google reads all that the gateway reads, and some more.
void checkJson(std::string_view text)
{
    if (parseJson(text))
        require(checkGoogleJson(text).has_value(), "JSON passes");
}

void checkModels(std::string_view text)
{
    std::string next;
    const Result<std::vector<ModelInfo>> models = parseModelPage(text, next);
    for (const Dialect dialect : {Dialect::Gemini, Dialect::OpenAi, Dialect::Anthropic, Dialect::Ollama}) {
        if (models)
            require(isJson(modelListBody(dialect, *models)), "a list of models is JSON");
        if (models && !models->empty())
            require(isJson(modelBody(dialect, models->front())), "a model is JSON");
    }
}

void checkError(std::string_view text)
{
    readGoogleError(text);
    for (const int status : {200, 400, 429, 503}) {
        const Error error = errorFromGemini(status, text);
        require(error.status >= 400 && !error.text.empty(), "an error has a status and words");
        require(isJson(errorBody(Dialect::Gemini, error)), "an error's body is JSON");
    }
}

void checkLive(std::string_view text)
{
    const Result<LiveSetup> setup = readLiveSetup(text);
    require(setup || !setup.error().text.empty(), "an error has words");
    resumptionName(text);
}

void checkPath(std::string_view text)
{
    const std::string path = cleanedPath(text);
    require(!path.empty() || text.empty(), "a path stays one");
    hasDotSegment(path);
    dialectOfPath(path);
    createdResources(path, text);
    uploadName(text);
    tellsSomething(text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static constexpr std::array CHECKS{checkRequest, checkJson, checkModels,
                                       checkError,   checkLive, checkPath};
    const Input input(data, size, CHECKS.size());
    CHECKS[input.choice](input.rest);
    return 0;
}
