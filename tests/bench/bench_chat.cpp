// Prints what the chat dialect costs per event and per answer, and what the look at a native body costs:
// bench_chat [seconds per row].
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "gateway/dialects/googlejson.h"
#include "gateway/dialects/openai/chatanswer.h"
#include "gateway/dialects/openai/chatstream.h"
#include "gateway/dialects/openai/openai.h"

using namespace Gateway;

namespace {

const TranslationContext CONTEXT{"req_0123456789abcdefghijklmn", 1700000000};

ChatAnswerForm form()
{
    ChatAnswerForm form;
    form.model = "gemini-3.6-flash";
    form.includeUsage = true;
    return form;
}

std::string event(std::string_view part)
{
    std::string out = R"J({"candidates":[{"content":{"parts":[)J";
    out += part;
    out +=
        R"J(],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":21,"candidatesTokenCount":56,)J"
        R"J("totalTokenCount":172,"promptTokensDetails":[{"modality":"TEXT","tokenCount":21}],)J"
        R"J("thoughtsTokenCount":95},"modelVersion":"gemini-3.6-flash","responseId":"RUy4aObyJcTujrEPqtKYKQ"})J";
    return out;
}

std::string whole(std::size_t bytes)
{
    std::string text;
    while (text.size() < bytes)
        text += "The quick brown fox jumps over the lazy dog.\\n";
    std::string out = event(R"J({"text":")J" + text + "\"}");
    out.insert(out.find(",\"index\":0"), R"J(,"finishReason":"STOP")J");
    return out;
}

/// A chat with tools and turns of some length, about `bytes` long.
std::string request(std::size_t bytes)
{
    std::string out =
        R"J({"model":"gemini-3.6-flash","stream":true,"tools":[{"type":"function","function":)J"
        R"J({"name":"read","description":"Reads a file","parameters":{"type":"object","properties":)J"
        R"J({"path":{"type":"string"},"line":{"type":"integer"}},"required":["path"]}}}],)J"
        R"J("messages":[{"role":"system","content":"You help."})J";
    while (out.size() < bytes)
        out +=
            R"J(,{"role":"user","content":"Look at this:\nint main() { return 0; }\nWhat does it do?"},)J"
            R"J({"role":"assistant","content":"It returns nought, which tells the shell that all went well."})J";
    return out + R"J(,{"role":"user","content":"Thanks."}]})J";
}

/// A native body of turns like `text` (JSON inside quotes), about `bytes` long.
std::string nativeBody(std::size_t bytes, std::string_view text)
{
    std::string out = R"J({"contents":[{"role":"user","parts":[{"text":"Hello"}]})J";
    while (out.size() < bytes) {
        out += R"J(,{"role":"model","parts":[{"text":")J";
        out += text;
        out += "\"}]}";
    }
    return out + "]}";
}

/// CPU time of this process: other programs on the machine do not count.
double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Runs `once` for about `seconds` and prints ns per run and MB/s of `bytes`.
void measure(const char *name, double seconds, std::size_t bytes, const std::function<void()> &once)
{
    for (int i = 0; i < 100; ++i)
        once();
    std::size_t runs = 0;
    const double start = cpuSeconds();
    double taken = 0;
    while (taken < seconds) {
        for (int i = 0; i < 100; ++i)
            once();
        runs += 100;
        taken = cpuSeconds() - start;
    }
    std::printf("%-34s %8zu B %10.0f ns %12.0f /s %8.0f MB/s\n", name, bytes,
                taken * 1e9 / static_cast<double>(runs), static_cast<double>(runs) / taken,
                static_cast<double>(bytes * runs) / taken / 1e6);
}

void measureEvent(const char *name, double seconds, const std::string &part)
{
    const std::string text = event(part);
    ChatStream stream(form(), CONTEXT);
    std::string out;
    measure(name, seconds, text.size(), [&] {
        out.clear();
        if (!stream.event(text, out))
            std::abort();
        stream.takeSignatures();
    });
}

} // namespace

int main(int argc, char **argv)
{
    const double seconds = argc > 1 ? std::atof(argv[1]) : 0.5;
    std::printf("%-34s %10s %13s %14s %13s\n", "", "input", "each", "rate", "throughput");
    measureEvent("event: text", seconds, R"J({"text":" sum using a Python tool:\n\n"})J");
    measureEvent("event: text, not ASCII", seconds, R"J({"text":"空が青い理由は、"})J");
    measureEvent("event: thought", seconds, R"J({"text":" sum using a tool","thought":true})J");
    measureEvent("event: tool call", seconds,
                 R"J({"functionCall":{"id":"c1","name":"f","args":{"path":"a/b.txt","line":7}}})J");
    for (const std::size_t bytes : {std::size_t{200}, std::size_t{40000}}) {
        const std::string text = whole(bytes);
        measure("whole answer", seconds, text.size(), [&] {
            ChatAnswer answer(form(), CONTEXT);
            if (!answer.answer(text))
                std::abort();
        });
    }
    for (const std::size_t bytes : {std::size_t{800}, std::size_t{40000}}) {
        const std::string text = request(bytes);
        measure("request to Gemini's body", seconds, text.size(), [&] {
            const auto chat = openAiChat(text, CONTEXT);
            if (!chat || !(*chat)->geminiBody({}))
                std::abort();
        });
    }
    for (const std::size_t bytes : {std::size_t{1000}, std::size_t{40'000}, std::size_t{1'000'000}}) {
        const auto check = [seconds, bytes](const char *name, std::string_view words) {
            const std::string text = nativeBody(bytes, words);
            measure(name, seconds, text.size(), [&] {
                if (!checkGoogleJson(text))
                    std::abort();
            });
        };
        check("native body: text", "Look at this:\\nint main() { return 0; }\\nWhat does it \\\"do\\\"? It "
                                   "returns nought, which tells the shell that all went well.");
        check("native body: not ASCII", "空が青い理由は、太陽光が大気中の分子によって散乱されるためです。");
        check("native body: base64", std::string(bytes, 'A'));
    }
    return 0;
}
