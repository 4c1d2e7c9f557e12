#pragma once

#include <cstdint>
#include <string_view>

namespace Gateway {

/// What a Gemini model takes, judged by the version in its name; no list of models. A name without a version
/// ("gemini-flash-latest") or of a kind unknown here counts as the newest.
struct ModelFamily
{
    enum class Thinking : std::uint8_t {
        None,   ///< Before 2.5: no thinkingConfig.
        Budget, ///< 2.5: thinkingConfig.thinkingBudget.
        Level,  ///< 3 and later: thinkingConfig.thinkingLevel.
    };

    Thinking thinking = Thinking::Level;
    /// Tokens; the least budget that a Budget model takes. 0 where thinking can be switched off.
    int leastBudget = 0;
    bool minimalLevel = false; ///< Level: takes MINIMAL (else LOW is the least).
    bool mediumLevel = true;   ///< Level: takes MEDIUM.
    /// functionCall.id and functionResponse.id are matched (ai.google.dev/gemini-api/docs/function-calling);
    /// older models pair calls and results by position.
    bool callIds = true;
    /// Returns and wants back thought signatures (ai.google.dev/gemini-api/docs/thought-signatures).
    bool signatures = true;
    /// Refuses a function call without a signature.
    bool signatureRequired = true;
    /// Takes Google's tools beside functions, when toolConfig.includeServerSideToolInvocations is set, and
    /// then no mode AUTO (ai.google.dev/gemini-api/docs/tool-combination).
    bool mixesTools = true;
    /// functionResponse.parts may hold pictures and documents.
    bool mediaResults = true;
    /// Takes presencePenalty and frequencyPenalty.
    bool penalties = false;
    bool systemInstruction = true; ///< False: Gemma up to 3.
    /// Speech: the text is spoken word for word, and how to speak it is told in speechMetadata. Earlier
    /// models are told in the text.
    bool speechMetadata = true;

    /// Takes a last turn of role `model` and goes on with it; refused from 3.6 on
    /// (ai.google.dev/gemini-api/docs/changelog).
    bool goesOnModelTurn = false;

    /// `model` without "models/".
    static ModelFamily of(std::string_view model);
};

} // namespace Gateway
