#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// How a Gemini answer is framed.
enum class AnswerShape : std::uint8_t { Whole, Sse, JsonArray };

/// A chat on Google's OpenAI-compatible paths, as NativeRequest::method has it.
constexpr std::string_view OPENAI_CHAT = "openai.chat.completions";

/// Whose words an answer of Google's is in.
enum class AnswerWords : std::uint8_t { Gemini, OpenAi, Interactions };

/// A client's Gemini-native request as it goes up: only path and credentials differ from what came.
struct NativeRequest
{
    std::string url;    ///< Absolute, without credentials.
    std::string path;   ///< As Google sees it: "/v1beta/models/gemini-x:generateContent".
    std::string model;  ///< Without "models/"; empty when neither path nor body name one.
    std::string method; ///< For the record: "generateContent", "files.create", …
    AnswerShape shape = AnswerShape::Whole;
    AnswerWords words = AnswerWords::Gemini;
    bool namesModel = false; ///< As "models/x:method".
    /// A repeat could make a second file, cache, batch or interaction.
    bool hasSideEffects = false;
    std::vector<std::string> resources; ///< What it names that belongs to one key's project.
};

/// Reads the request and takes from its headers what must not go on: credentials, hop-by-hop headers (RFC
/// 9110, 7.6.1), Host, Content-Length, browser traces. Accept-Encoding stays only where the answer comes
/// whole.
NativeRequest prepareNative(ClientRequest &request, std::string_view googleHost);

/// Lets the request ask another model; a name in the path is changed, one in the body stays.
void changeModel(NativeRequest &native, std::string_view model);

/// A 400 when the request carries JSON that Google could not read, so that no key pays for it. Uploads,
/// compressed bodies and other content are not judged.
Result<void> checkNativeBody(const ClientRequest &request, const NativeRequest &native);

} // namespace Gateway
