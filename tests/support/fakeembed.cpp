#include "tests/support/fakeembed.h"

#include "tests/support/fakecheck.h"
#include "tests/support/fakegenerate.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::integerAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr std::int64_t USUAL_DIMENSIONS = 8;
constexpr std::int64_t MAX_DIMENSIONS = 3072;
constexpr std::size_t MAX_BATCH = 100;

Fault400 checkEmbed(const json::object &request)
{
    if (auto fault = checkNames(request,
                                "model content taskType title outputDimensionality embedContentConfig "
                                "autoTruncate",
                                ""))
        return fault;
    const json::object *content = objectAt(request, "content");
    const json::array *parts = content ? arrayAt(*content, "parts") : nullptr;
    if (!parts || parts->empty())
        return "* EmbedContentRequest.content: contents is not specified\n";
    const std::int64_t dimensions = integerAt(request, "outputDimensionality", USUAL_DIMENSIONS);
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS)
        return "* EmbedContentRequest.output_dimensionality: must be in the range [1, 3072]\n";
    return std::nullopt;
}

json::object embedding(const json::object &request)
{
    std::string text;
    for (const json::value &part : *arrayAt(*objectAt(request, "content"), "parts"))
        text += stringAt(part.get_object(), "text");
    std::uint32_t hash = 2166136261u;
    for (const char letter : text)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619u;
    json::array values;
    for (std::int64_t i = integerAt(request, "outputDimensionality", USUAL_DIMENSIONS); i > 0; --i) {
        hash = hash * 1664525u + 1013904223u;
        // A multiple of 1/1024: exact as a float.
        values.push_back(static_cast<double>(hash >> 21) / 1024.0 - 1.0);
    }
    return {{"values", std::move(values)}};
}

} // namespace

FakeAnswer embedAnswer(std::string_view body, const FakeModel &model, bool isBatch)
{
    const auto parsed = Gateway::parseJsonObject(body);
    if (!parsed)
        return errorAnswer(400, "Invalid JSON payload received. " + parsed.error().text);
    const json::object request = camelNames(*parsed).get_object();
    if (!isBatch) {
        if (const Fault400 wrong = checkEmbed(request))
            return errorAnswer(400, *wrong);
        return jsonAnswer(json::object{{"embedding", embedding(request)}});
    }
    const json::array *requests = arrayAt(request, "requests");
    if (!requests || requests->empty())
        return errorAnswer(400, "* BatchEmbedContentsRequest.requests: requests is not specified\n");
    if (requests->size() > MAX_BATCH)
        return errorAnswer(
            400, "* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch\n");
    json::array embeddings;
    for (std::size_t i = 0; i < requests->size(); ++i) {
        const json::object *one = (*requests)[i].if_object();
        if (!one || stringAt(*one, "model") != "models/" + std::string(model.id))
            return errorAnswer(400, "* BatchEmbedContentsRequest.requests[" + std::to_string(i) +
                                        "].model: unexpected model name format\n");
        if (const Fault400 wrong = checkEmbed(*one))
            return errorAnswer(400, *wrong);
        embeddings.push_back(embedding(*one));
    }
    return jsonAnswer(json::object{{"embeddings", std::move(embeddings)}});
}

FakeAnswer countAnswer(std::string_view body, const FakeModel &model)
{
    const auto parsed = Gateway::parseJsonObject(body);
    if (!parsed)
        return errorAnswer(400, "Invalid JSON payload received. " + parsed.error().text);
    const json::object request = camelNames(*parsed).get_object();
    if (const Fault400 wrong = checkNames(request, "contents generateContentRequest", ""))
        return errorAnswer(400, *wrong);
    const json::object *whole = objectAt(request, "generateContentRequest");
    if (whole && request.contains("contents"))
        return errorAnswer(400, "Only one of contents and generate_content_request can be set.");
    const json::object &counted = whole ? *whole : request;
    const json::array *contents = arrayAt(counted, "contents");
    if (!contents || contents->empty())
        return errorAnswer(400, "* CountTokensRequest.contents: contents is not specified\n");
    if (const Fault400 wrong = checkContents(model, *contents, "contents"))
        return errorAnswer(400, *wrong);
    const std::int64_t tokens = countTokens(counted);
    return jsonAnswer(json::object{
        {"totalTokens", tokens},
        {"promptTokensDetails", json::array{json::object{{"modality", "TEXT"}, {"tokenCount", tokens}}}}});
}

} // namespace TestSupport
