#include <algorithm>

#include "tests/dialects/roundtrip/talk.h"

namespace RoundTrip {

namespace {

constexpr auto MODELS =
    std::to_array<std::string_view>({"gemini-3.6-flash", "gemini-3-pro-preview", "gemini-2.5-flash"});

Media randomMedia(const Abilities &abilities, Dice &dice)
{
    using namespace std::string_literals;
    switch (dice.below(abilities.documents ? 4 : 2)) {
    case 0:
        return {"image/jpeg", "\xff\xd8\xff"s + dice.bytes(60)};
    case 1:
        return {"image/png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s + dice.bytes(60)};
    case 2:
        if (abilities.files)
            return {{}, {}, "files/" + dice.name()};
        [[fallthrough]];
    default:
        return {"application/pdf", "%PDF-"s + dice.bytes(60)};
    }
}

Piece textPiece(Dice &dice)
{
    return {.kind = Piece::Kind::Text, .text = dice.text()};
}

/// Results of `calls` in some order.
void addResults(Turn &turn, const std::vector<Piece> &calls, const Abilities &abilities, Dice &dice)
{
    for (const Piece &call : calls) {
        Piece result{.kind = Piece::Kind::Result, .id = call.id, .name = call.name};
        if (dice.coin())
            result.args = dice.object();
        else
            result.text = dice.text();
        result.isError = abilities.resultErrors && dice.oneIn(4);
        if (abilities.resultMedia && dice.oneIn(4))
            result.resultMedia.push_back(randomMedia(abilities, dice));
        turn.pieces.push_back(std::move(result));
    }
    dice.shuffle(turn.pieces);
}

Turn userTurn(const std::vector<Piece> &calls, const Abilities &abilities, Dice &dice)
{
    Turn turn;
    addResults(turn, calls, abilities, dice);
    for (std::size_t i = calls.empty() ? 1 + dice.below(3) : dice.below(2); i > 0; --i)
        turn.pieces.push_back(dice.oneIn(3)
                                  ? Piece{.kind = Piece::Kind::Media, .media = randomMedia(abilities, dice)}
                                  : textPiece(dice));
    return turn;
}

Turn modelTurn(const Abilities &abilities, std::size_t &made, Dice &dice, std::vector<Piece> &calls)
{
    Turn turn{.isModels = true, .pieces = {}};
    calls.clear();
    const std::size_t callCount = dice.coin() ? 0 : 1 + dice.below(4);
    for (std::size_t i = callCount == 0 ? 1 : dice.below(2); i > 0; --i)
        turn.pieces.push_back(textPiece(dice));
    if (abilities.textSignatures && !turn.pieces.empty() && dice.oneIn(3))
        turn.pieces.back().signature = base64(dice.bytes(40));
    for (std::size_t i = 0; i < callCount; ++i) {
        Piece call{.kind = Piece::Kind::Call,
                   .id = "call_" + dice.name() + '_' + std::to_string(made++),
                   .name = dice.name(),
                   .args = dice.object()};
        if (abilities.modelSignatures && (i == 0 || dice.oneIn(5)) && !dice.oneIn(4))
            call.signature = base64(dice.bytes(40));
        calls.push_back(call);
        turn.pieces.push_back(std::move(call));
        if (abilities.callsAnywhere && dice.oneIn(6))
            turn.pieces.push_back(textPiece(dice));
    }
    return turn;
}

Wishes randomWishes(const Abilities &abilities, const std::vector<Tool> &tools, Dice &dice)
{
    Wishes wishes;
    if (dice.coin())
        wishes.temperature = static_cast<double>(dice.below(65)) / 64;
    if (dice.coin())
        wishes.topP = static_cast<double>(1 + dice.below(64)) / 64;
    if (abilities.topK && dice.coin())
        wishes.topK = static_cast<std::int64_t>(1 + dice.below(64));
    wishes.mostTokens = static_cast<std::int64_t>(1 + dice.below(60000));
    if (abilities.seed && dice.coin())
        wishes.seed = static_cast<std::int64_t>(dice.below(1u << 31));
    for (std::size_t i = abilities.stops ? dice.below(6) : 0; i > 0; --i)
        wishes.stops.push_back(dice.text());
    if (tools.empty() && dice.oneIn(3))
        wishes.answerSchema = randomSchema(dice);
    if (abilities.toolChoice && !tools.empty() && dice.coin()) {
        static constexpr auto MODES = std::to_array<std::string_view>({"AUTO", "ANY", "NONE"});
        wishes.toolMode = dice.pick(MODES);
        if (wishes.toolMode == "ANY" && dice.coin())
            wishes.onlyTool = dice.pick(tools).name;
    }
    return wishes;
}

json::object randomProperty(Dice &dice, int depth)
{
    switch (dice.below(depth < 3 ? 7 : 4)) {
    case 0:
        return {{"type", "integer"}, {"minimum", -5}, {"maximum", 10}};
    case 1:
        return {{"type", "boolean"}};
    case 2:
        return {{"type", "string"}, {"enum", json::array{dice.text(), "b", "a"}}};
    case 3:
        return {{"type", "string"}, {"description", dice.text()}};
    case 4:
        return {{"type", "array"}, {"items", randomProperty(dice, depth + 1)}};
    case 5:
        return {{"anyOf", json::array{randomProperty(dice, depth + 1), json::object{{"type", "number"}}}}};
    default:
        return randomSchema(dice, depth + 1);
    }
}

} // namespace

json::object randomSchema(Dice &dice, int depth)
{
    json::object properties;
    json::array required;
    for (std::size_t i = 1 + dice.below(5); i > 0; --i) {
        const std::string name = dice.name();
        if (properties.contains(name))
            continue;
        properties[name] = randomProperty(dice, depth);
        if (dice.coin())
            required.emplace_back(name);
    }
    dice.shuffle(required);
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        schema["required"] = std::move(required);
    return schema;
}

Talk randomTalk(const Abilities &abilities, Dice &dice)
{
    Talk talk;
    talk.model = dice.pick(MODELS);
    for (std::size_t i = dice.below(3); i > 0; --i)
        talk.system.push_back(dice.text());
    std::size_t made = 0;
    std::vector<Piece> calls;
    talk.turns.push_back(userTurn({}, abilities, dice));
    for (std::size_t i = dice.below(5); i > 0; --i) {
        talk.turns.push_back(modelTurn(abilities, made, dice, calls));
        talk.turns.push_back(userTurn(calls, abilities, dice));
    }
    for (std::size_t i = dice.below(4); i > 0; --i) {
        Tool tool{dice.name(), dice.coin() ? dice.text() : std::string(), randomSchema(dice)};
        if (std::ranges::find(talk.tools, tool.name, &Tool::name) == talk.tools.end())
            talk.tools.push_back(std::move(tool));
    }
    talk.wishes = randomWishes(abilities, talk.tools, dice);
    return talk;
}

} // namespace RoundTrip
