#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <QByteArray>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "tests/dialects/messagejoin.h"

// Answers of Gemini's and what Anthropic's dialect makes of them, for tests.

namespace Gateway {

inline const TranslationContext CONTEXT{"req_abc", 1700000000};
inline constexpr const char *THINKING = R"("thinking":{"type":"adaptive"},)";

inline std::unique_ptr<Translation> translation(bool stream, const std::string &more = THINKING)
{
    Result<std::unique_ptr<Translation>> made = anthropicMessages(
        R"({"model":"gemini-3.6-flash","max_tokens":9,)" + more + (stream ? R"("stream":true,)" : "") +
            R"("messages":[{"role":"user","content":"x"}]})",
        CONTEXT);
    return made ? std::move(*made) : nullptr;
}

inline const std::string USAGE = R"("usageMetadata":{"promptTokenCount":10,"cachedContentTokenCount":4,)"
                                 R"("candidatesTokenCount":5,"thoughtsTokenCount":7,"totalTokenCount":22})";

/// An answer, or a stream's event, with these parts.
inline std::string gemini(const std::string &parts, const std::string &more = "")
{
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + more + "}]," + USAGE +
           "}";
}

inline std::string whole(const std::string &answer, const std::string &more = THINKING)
{
    const std::unique_ptr<Translation> message = translation(false, more);
    const Result<std::string> told = message->answer(answer);
    return told ? *told : "failed: " + told.error().code;
}

inline std::string streamed(const std::vector<std::string> &events, const std::string &more = THINKING)
{
    const std::unique_ptr<Translation> message = translation(true, more);
    std::string out;
    for (const std::string &event : events) {
        if (const Result<void> told = message->event(event, out); !told)
            throw std::runtime_error(told.error().text);
    }
    if (const Result<void> end = message->finish(out); !end)
        throw std::runtime_error(end.error().text);
    return out;
}

inline json::object parsed(const std::string &text)
{
    return parseJsonObject(text).value();
}

inline std::vector<std::string> partsOf(const QByteArray &lines)
{
    std::vector<std::string> parts;
    for (const QByteArray &line : lines.split('\n'))
        parts.push_back(line.toStdString());
    return parts;
}

inline std::string joined(const std::vector<std::string> &parts, std::size_t from, std::size_t to)
{
    std::string out;
    for (std::size_t i = from; i < to; ++i)
        out += (i > from ? "," : "") + parts[i];
    return out;
}

} // namespace Gateway
