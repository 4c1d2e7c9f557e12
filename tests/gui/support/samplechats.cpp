#include "samplechats.h"

#include <algorithm>
#include <array>

#include <QString>

#include "gateway/common/error.h"

using namespace Gateway;

namespace Ui {

namespace {

constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t DAY = 24 * 60 * MINUTE;

constexpr const char *ANSWER = R"(Give each request its own budget and stop as soon as it is spent:

```cpp
Result<Answer> fetchWithRetry(const Request &request, Budget budget)
{
    for (int attempt = 0; attempt <= budget.retries; ++attempt) {
        if (Result<Answer> answer = fetch(request); answer || !isTransient(answer.error()))
            return answer;
        wait(budget.backoff(attempt)); // jitter keeps callers apart
    }
    return fail(Error::timeout());
}
```

Three things matter here:

1. **Only transient failures** are tried again: a 400 stays a 400.
2. The wait grows with each attempt and carries *jitter*.
3. The caller's deadline is part of the budget, so nothing outlives its caller.

| Status | Again? | Wait |
|---|---|---|
| 429 | yes | what `Retry-After` says |
| 503 | yes | 1 s, 2 s, 4 s |
| 400 | no | |
)";

constexpr const char *CONTENT = R"({"parts": [{"text": "The user wants a retry loop with a budget. I should )"
                                R"(show which failures are transient.", "thought": true}, {"text": "%1"}], )"
                                R"("sources": [{"title": "Exponential backoff and jitter", )"
                                R"("uri": "https://aws.amazon.com/blogs/architecture/"}], )"
                                R"("thought_ms": 2400})";

std::string escaped(QString text)
{
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return text.replace(u'\n', QStringLiteral("\\n")).toStdString();
}

ChatMessage question(std::int64_t position, std::int64_t timeMs, const char *text)
{
    ChatMessage message;
    message.position = position;
    message.role = "user";
    message.createdMs = timeMs;
    message.text = text;
    message.content = R"({"parts": [{"text": ")" + escaped(QString::fromUtf8(text)) + R"("}]})";
    return message;
}

ChatMessage answer(std::int64_t position, std::int64_t timeMs)
{
    ChatMessage message;
    message.position = position;
    message.role = "model";
    message.model = "gemini-2.5-flash";
    message.createdMs = timeMs;
    message.inputTokens = 412;
    message.outputTokens = 688;
    message.durationMs = 4'310;
    message.keyLabel = "Studio main";
    message.text = ANSWER;
    message.content = QString::fromUtf8(CONTENT)
                          .arg(QString::fromStdString(escaped(QString::fromUtf8(ANSWER))))
                          .toStdString();
    return message;
}

ChatMessage refusal(std::int64_t position, std::int64_t timeMs)
{
    ChatMessage message;
    message.position = position;
    message.role = "model";
    message.model = "gemini-2.5-pro";
    message.createdMs = timeMs;
    message.error = "429 RESOURCE_EXHAUSTED: All keys rest for this model; the first is back in 42 s.";
    message.content = "{}";
    return message;
}

} // namespace

void SampleChats::list(ChatQuery query, Reply<ChatRowPage> reply)
{
    ChatRowPage page;
    for (const ChatDetail &detail : chats) {
        if (QString::fromStdString(detail.chat.title)
                .contains(QString::fromStdString(query.search), Qt::CaseInsensitive))
            page.chats.push_back(detail.chat);
    }
    reply(std::move(page));
}

void SampleChats::get(ChatId id, Reply<ChatDetail> reply)
{
    const auto found = std::find_if(chats.begin(), chats.end(),
                                    [id](const ChatDetail &detail) { return detail.chat.id == id; });
    if (found != chats.end())
        reply(*found);
    else
        reply(fail(Error{404, "unknown_chat", "There is no such conversation.", {}, 0}));
}

std::vector<ChatDetail> sampleChats(std::int64_t nowMs)
{
    constexpr std::array titles = {
        "Retry with a budget",      "SQL for a rolling average",   "Names for a cat",
        "Explain this stack trace", "Translate the release notes", "Regular expression for dates"};
    constexpr std::array<std::int64_t, titles.size()> ages = {4 * MINUTE,        50 * MINUTE, DAY,
                                                              DAY + 90 * MINUTE, 4 * DAY,     40 * DAY};
    std::vector<ChatDetail> chats;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        const std::int64_t time = nowMs - ages[i];
        ChatDetail detail;
        detail.chat = {static_cast<ChatId>(i + 1), titles[i], "gemini-2.5-flash", {}, {}, time, time};
        detail.messages = {
            question(0, time, "How do I write a retry loop in C++ that does not run for ever?"),
            answer(1, time + 4'310)};
        chats.push_back(std::move(detail));
    }
    chats.front().messages.push_back(question(2, nowMs - MINUTE, "And with a deadline in wall-clock time?"));
    chats.front().messages.push_back(refusal(3, nowMs - MINUTE));
    return chats;
}

} // namespace Ui
