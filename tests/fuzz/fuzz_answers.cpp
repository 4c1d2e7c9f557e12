// Answers of Google: whatever comes becomes the dialect's JSON, whole or streamed, or an error that can be
// told.
#include <array>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/dialects/responses/responses.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

using Parse = Result<std::unique_ptr<Translation>> (*)(std::string_view, const TranslationContext &);

struct Request
{
    Parse parse;
    std::string_view body;
};

constexpr std::array REQUESTS{
    Request{openAiChat,
            R"({"model":"gemini-x","stream_options":{"include_usage":true},"logprobs":true,
        "messages":[{"role":"user","content":"x"}]})"},                 // a
    Request{openAiChat, R"({"model":"gemini-x","modalities":["text","image"],"n":2,
        "messages":[{"role":"user","content":"x"}]})"},                 // b
    Request{openAiCompletions, R"({"model":"gemini-x","prompt":"a"})"}, // c
    Request{openAiEmbeddings,
            R"({"model":"gemini-embedding-001","input":"x","encoding_format":"base64"})"}, // d
    Request{openAiResponses, R"({"model":"gemini-x","input":"x","reasoning":{"summary":"auto"},
        "include":["reasoning.encrypted_content","message.output_text.logprobs"],
        "tools":[{"type":"custom","name":"patch"}]})"},                                    // e
    Request{anthropicMessages, R"({"model":"gemini-x","max_tokens":5000,
        "thinking":{"type":"enabled","budget_tokens":1024},"messages":[{"role":"user","content":"x"}]})"}, // f
    Request{anthropicCountTokens, R"({"model":"gemini-x","messages":[{"role":"user","content":"x"}]})"}, // g
    Request{ollamaChat, R"({"model":"gemini-x","messages":[{"role":"user","content":"x"}],
        "options":{"stop":["1","2","3","4","5","Stop!"]}})"},                                            // h
    Request{ollamaGenerate, R"({"model":"gemini-x","prompt":"x"})"},                                     // i
    Request{ollamaEmbed, R"({"model":"gemini-embedding-001","input":["x"]})"},                           // j
};

/// Each line of data in a stream, be it of events or of JSON lines.
void checkStream(std::string_view stream)
{
    while (!stream.empty()) {
        const std::size_t end = stream.find('\n');
        require(end != std::string_view::npos, "a stream's last line ends");
        std::string_view line = stream.substr(0, end);
        stream.remove_prefix(end + 1);
        if (line.empty() || line.starts_with("event: "))
            continue;
        if (line.starts_with("data: "))
            line.remove_prefix(6);
        require(line == "[DONE]" || isJson(line), "a line of a stream is JSON");
    }
}

/// `request` as one for a stream or for a whole answer.
std::string bodyOf(const Request &request, bool stream)
{
    std::string body = stream ? "{\"stream\":true," : "{\"stream\":false,";
    return body.append(request.body.substr(1));
}

/// One of Google's events a line.
void checkEvents(Translation &translation, std::string_view events)
{
    std::string out;
    translation.restart();
    while (!events.empty()) {
        const std::size_t end = std::min(events.find('\n'), events.size());
        const Result<void> told = translation.event(events.substr(0, end), out);
        events.remove_prefix(std::min(end + 1, events.size()));
        if (!told) {
            require(!told.error().text.empty(), "an error has words");
            translation.breakOff(told.error(), out);
            return checkStream(out);
        }
    }
    if (const Result<void> ended = translation.finish(out); !ended)
        translation.breakOff(ended.error(), out);
    checkStream(out);
    translation.takeSignatures();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Input input(data, size, 2 * REQUESTS.size()); // streams from k on
    const Request &request = REQUESTS[input.choice % REQUESTS.size()];
    const std::string body = bodyOf(request, input.choice >= REQUESTS.size());
    Result<std::unique_ptr<Translation>> made = request.parse(body, {"req_fuzz", 1700000000});
    require(made.has_value(), "the request is sound");
    std::vector<std::unique_ptr<Translation>> parts = (*made)->takeParts();
    Translation &translation = parts.empty() ? **made : *parts.front();
    translation.setTime({1'700'000'000'000, 10});
    if (translation.isStream()) {
        checkEvents(translation, input.rest);
        return 0;
    }
    const Result<std::string> whole = translation.answer(input.rest);
    if (whole && parts.empty())
        require(isJson(*whole), "a whole answer is JSON");
    else if (whole)
        require(isJson((*made)->joined({*whole}, translation.tokens())), "a joined answer is JSON");
    else
        require(!whole.error().text.empty(), "an error has words");
    return 0;
}
