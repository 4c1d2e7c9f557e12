#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/dialects/roundtrip/dice.h"

namespace RoundTrip {

struct Media
{
    std::string mime;
    std::string bytes;
    std::string file{}; ///< A file of Gemini's Files API in place of the bytes: "files/abc".
};

struct Piece
{
    enum class Kind : std::uint8_t { Text, Media, Call, Result };

    Kind kind = Kind::Text;
    std::string text{};
    Media media{};
    std::string id{}; ///< Of a call and its result.
    std::string name{};
    json::object args{};
    std::string signature{}; ///< Of a text or call.
    bool isError = false;    ///< Result.
    std::vector<Media> resultMedia{};
};

struct Turn
{
    bool isModels = false;
    std::vector<Piece> pieces;
};

struct Tool
{
    std::string name;
    std::string description;
    json::object schema;
};

struct Wishes
{
    std::optional<double> temperature;
    std::optional<double> topP;
    std::optional<std::int64_t> topK;
    std::optional<std::int64_t> mostTokens;
    std::optional<std::int64_t> seed;
    std::vector<std::string> stops;
    std::optional<json::object> answerSchema;
    std::string toolMode; ///< "AUTO", "ANY", "NONE"; empty: not told.
    std::string onlyTool;
};

/// A conversation in no dialect's words, with all that a request can mean.
struct Talk
{
    std::string model;
    std::vector<std::string> system;
    std::vector<Turn> turns;
    std::vector<Tool> tools;
    Wishes wishes;

    bool isOlder() const { return model.find("2.5") != std::string::npos; }
};

/// What a dialect has words for.
struct Abilities
{
    bool documents = true;       ///< PDF, audio.
    bool files = true;           ///< By their name in the Files API.
    bool modelSignatures = true; ///< Of calls, within the request.
    bool textSignatures = true;
    bool resultErrors = false;
    bool resultMedia = true;
    bool callsAnywhere = true; ///< Texts may follow calls within a turn.
    bool topK = true;
    bool stops = true;
    bool seed = true;
    bool toolChoice = true;
};

Talk randomTalk(const Abilities &abilities, Dice &dice);
json::object randomSchema(Dice &dice, int depth = 0);

/// What Gemini must be told, a line for each thing that means something, in order.
std::vector<std::string> expectedLines(const Talk &talk);
/// The same of a request to Gemini.
std::vector<std::string> geminiLines(const json::object &request);

/// Where two lists of lines part; empty when they are the same.
std::string difference(const std::vector<std::string> &expected, const std::vector<std::string> &found);

} // namespace RoundTrip
