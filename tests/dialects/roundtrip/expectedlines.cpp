// What Gemini must be told, by the rules of its documentation alone.
#include <algorithm>

#include "tests/dialects/roundtrip/lines.h"

namespace RoundTrip {

namespace {

/// ai.google.dev/gemini-api/docs/thought-signatures: stands in where a call has none.
constexpr std::string_view STAND_IN = "skip_thought_signature_validator";

json::object responseOf(const Piece &result)
{
    if (result.isError)
        return {{"error", result.text.empty() ? json::serialize(result.args) : result.text}};
    return result.text.empty() ? result.args : json::object{{"result", result.text}};
}

void addModelTurn(std::vector<std::string> &lines, const Turn &turn, bool isOlder)
{
    bool first = true;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text)
            lines.push_back(textLine("model", piece.text, piece.signature));
        if (piece.kind == Piece::Kind::Media)
            lines.push_back("model " + mediaLine(piece.media));
        if (piece.kind != Piece::Kind::Call)
            continue;
        std::string signature = piece.signature;
        if (signature.empty() && first && !isOlder)
            signature = STAND_IN;
        first = false;
        lines.push_back(callLine(isOlder ? std::string() : piece.id, piece.name, piece.args, signature));
    }
}

/// Results stand in the order of their calls, before all else that the user says.
void addUserTurn(std::vector<std::string> &lines, const Turn &turn, const std::vector<Piece> &calls,
                 bool isOlder)
{
    std::vector<Media> after;
    for (const Piece &call : calls) {
        if (call.kind != Piece::Kind::Call)
            continue;
        const auto result = std::ranges::find_if(turn.pieces, [&](const Piece &piece) {
            return piece.kind == Piece::Kind::Result && piece.id == call.id;
        });
        lines.push_back(resultLine(isOlder ? std::string() : call.id, call.name, responseOf(*result)));
        for (const Media &media : result->resultMedia) {
            if (isOlder)
                after.push_back(media);
            else
                lines.push_back("result " + mediaLine(media));
        }
    }
    for (const Media &media : after)
        lines.push_back("user " + mediaLine(media));
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text)
            lines.push_back(textLine("user", piece.text, {}));
        if (piece.kind == Piece::Kind::Media)
            lines.push_back("user " + mediaLine(piece.media));
    }
}

void addWishes(std::vector<std::string> &lines, const Wishes &wishes)
{
    json::object config;
    if (wishes.temperature)
        config["temperature"] = *wishes.temperature;
    if (wishes.topP)
        config["topP"] = *wishes.topP;
    if (wishes.topK)
        config["topK"] = *wishes.topK;
    if (wishes.mostTokens)
        config["maxOutputTokens"] = *wishes.mostTokens;
    if (wishes.seed)
        config["seed"] = *wishes.seed;
    if (!wishes.stops.empty())
        config["stopSequences"] = json::array(wishes.stops.begin(), wishes.stops.end());
    if (wishes.answerSchema)
        config["responseMimeType"] = "application/json";
    addConfigLines(lines, config);
    if (wishes.answerSchema)
        addSchemaLines(lines, "answer", *wishes.answerSchema);
}

} // namespace

std::vector<std::string> expectedLines(const Talk &talk)
{
    std::vector<std::string> lines;
    for (const std::string &text : talk.system)
        lines.push_back(textLine("system", text, {}));
    std::vector<Piece> calls;
    for (const Turn &turn : talk.turns) {
        lines.push_back(turn.isModels ? "turn model" : "turn user");
        if (turn.isModels) {
            addModelTurn(lines, turn, talk.isOlder());
            calls = turn.pieces;
        } else {
            addUserTurn(lines, turn, calls, talk.isOlder());
            calls.clear();
        }
    }
    for (const Tool &tool : talk.tools) {
        lines.push_back(toolLine(tool.name, tool.description));
        addSchemaLines(lines, tool.name, tool.schema);
    }
    if (!talk.wishes.toolMode.empty())
        lines.push_back("choice " + talk.wishes.toolMode + ' ' + talk.wishes.onlyTool);
    addWishes(lines, talk.wishes);
    return lines;
}

std::string difference(const std::vector<std::string> &expected, const std::vector<std::string> &found)
{
    const std::size_t both = std::min(expected.size(), found.size());
    std::size_t at = 0;
    while (at < both && expected[at] == found[at])
        ++at;
    if (at == expected.size() && at == found.size())
        return {};
    return "line " + std::to_string(at) + "\nexpected: " + (at < expected.size() ? expected[at] : "(end)") +
           "\nfound:    " + (at < found.size() ? found[at] : "(end)");
}

} // namespace RoundTrip
