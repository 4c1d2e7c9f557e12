#pragma once

#include <cstdint>
#include <string>

#include "tests/support/fakeanswer.h"
#include "tests/support/fakemodels.h"
#include "tests/support/fakeprompt.h"

namespace TestSupport {

/// A checked generateContent or streamGenerateContent.
struct GenerateCall
{
    const FakeModel *model = nullptr;
    json::object body; ///< Names camelCase; with what its cachedContent holds.
    PromptOrders orders;
    bool stream = false;
    bool sse = false; ///< `alt=sse`; a stream without it is a JSON array.
    int chunks = 3;
    double chunkDelayMs = 0;
    std::int64_t number = 0;       ///< Of the request, for ids.
    std::int64_t cachedTokens = 0; ///< Of the cachedContent it names.
};

/// The answer: the same request gets the same text.
FakeAnswer generateAnswer(const GenerateCall &call);

/// The text of that answer alone, without streaming.
std::string generatedText(const GenerateCall &call);

/// Tokens a request would count.
std::int64_t countTokens(const json::object &body);

/// A value that fits a Schema or JSON Schema: "text", 1, true, the first of an enum, one item.
json::value sampleOf(const json::value &schema);

/// One SSE event as Google frames it.
std::string sseEvent(const json::value &data);

} // namespace TestSupport
