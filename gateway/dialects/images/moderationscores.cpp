#include "gateway/dialects/images/moderationscores.h"

#include <algorithm>

#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

constexpr double FLAGGED = 0.5;
constexpr std::size_t ILLICIT = 4; // in HARM_CATEGORIES

struct Probability
{
    std::string_view word;
    double score;
};

/// ai.google.dev/api/generate-content#HarmProbability. Of a rating NEGLIGIBLE nothing follows.
constexpr auto PROBABILITIES = std::to_array<Probability>({{"LOW", 0.3}, {"MEDIUM", 0.6}, {"HIGH", 0.9}});

double scoreOf(std::string_view probability)
{
    const auto *const found = std::ranges::find(PROBABILITIES, probability, &Probability::word);
    return found == PROBABILITIES.end() ? 0 : found->score;
}

bool isJudged(const HarmCategory &category, ModeratedKinds kinds)
{
    return kinds.text || (kinds.image && category.isOfPictures);
}

std::string numberText(double score)
{
    return toJson(json::value(std::clamp(score, 0.0, 1.0)));
}

template <typename Tell>
void appendMembers(std::string &out, std::string_view name, const Tell &tell)
{
    out += ",\"";
    out += name;
    out += "\":{";
    for (std::size_t i = 0; i < HARM_COUNT; ++i) {
        out += i == 0 ? "\"" : ",\"";
        out += HARM_CATEGORIES[i].name;
        out += "\":";
        out += tell(i);
    }
    out += '}';
}

} // namespace

// What each covers: developers.openai.com/api/docs/guides/moderation.
const std::array<HarmCategory, HARM_COUNT> HARM_CATEGORIES{{
    {"harassment", "harassment", false, "HARM_CATEGORY_HARASSMENT",
     "expresses, incites or promotes harassing language towards any target"},
    {"harassment/threatening",
     "harassment_threatening",
     false,
     {},
     "is harassment that also includes violence or serious harm towards any target"},
    {"hate", "hate", false, "HARM_CATEGORY_HATE_SPEECH",
     "expresses, incites or promotes hate based on race, gender, ethnicity, religion, nationality, sexual "
     "orientation, disability or caste"},
    {"hate/threatening",
     "hate_threatening",
     false,
     {},
     "is hateful and also includes violence or serious harm towards the targeted group"},
    {"illicit", "illicit", false, "HARM_CATEGORY_DANGEROUS_CONTENT",
     "gives advice or instruction on how to commit illicit acts"},
    {"illicit/violent",
     "illicit_violent",
     false,
     {},
     "gives advice or instruction on illicit acts that include violence, or on procuring a weapon"},
    {"self-harm",
     "self_harm",
     true,
     {},
     "promotes, encourages or depicts acts of self-harm, such as suicide, cutting and eating disorders"},
    {"self-harm/intent",
     "self_harm_intent",
     true,
     {},
     "has a speaker who engages or intends to engage in acts of self-harm"},
    {"self-harm/instructions",
     "self_harm_instructions",
     true,
     {},
     "encourages acts of self-harm, or gives instructions or advice on them"},
    {"sexual", "sexual", true, "HARM_CATEGORY_SEXUALLY_EXPLICIT",
     "is meant to arouse sexual excitement, or promotes sexual services, sex education and wellness "
     "excluded"},
    {"sexual/minors",
     "sexual_minors",
     false,
     {},
     "is sexual and includes a person who is under 18 years old"},
    {"violence", "violence", true, {}, "depicts death, violence or physical injury"},
    {"violence/graphic",
     "violence_graphic",
     true,
     {},
     "depicts death, violence or physical injury in graphic detail"},
}};

Result<void> ModerationScores::read(std::string_view geminiJson)
{
    GeminiAnswer gemini;
    if (Result<void> done = gemini.read(geminiJson); !done)
        return done;
    if (gemini.usage()) {
        GeminiUsage usage;
        usage.read(*gemini.usage());
        m_tokens = usage.counts;
    }
    if (const json::object *feedback = objectAt(gemini.object(), "promptFeedback"))
        readRatings(*feedback);
    const json::array *candidates = gemini.candidates();
    const json::object *first =
        candidates && !candidates->empty() ? candidates->front().if_object() : nullptr;
    if (first)
        readRatings(*first);
    std::string text;
    const GeminiCandidate candidate = first ? GeminiCandidate::read(candidates->front()) : GeminiCandidate();
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i) {
        const GeminiPart part = GeminiPart::read((*candidate.parts)[i]);
        if (part.kind == GeminiPart::Kind::Text && !part.isThought)
            text += part.text;
    }
    const std::string_view finish = candidate.finishReason;
    m_isBlocked = !gemini.blockReason().empty() || finish == "SAFETY" || finish == "PROHIBITED_CONTENT" ||
                  finish == "BLOCKLIST" || finish == "SPII";
    if (!m_isBlocked)
        return readVerdict(text);
    if (std::ranges::all_of(m_scores, [](double score) { return score < FLAGGED; }))
        m_scores[ILLICIT] = 1; // what Google will not look at, whatever the filters, and it says no more
    return {};
}

Result<void> ModerationScores::readVerdict(std::string_view text)
{
    const Result<json::object> verdict = parseJsonObject(text);
    if (!verdict)
        return fail(502, "bad_upstream_answer", "Gemini's verdict is not the JSON that was asked for.");
    for (std::size_t i = 0; i < HARM_COUNT; ++i) {
        const json::value *number = verdict->if_contains(HARM_CATEGORIES[i].member);
        if (!number || !number->is_number())
            return fail(502, "bad_upstream_answer", "Gemini's verdict leaves out a category.");
        m_scores[i] = std::max(m_scores[i], number->to_number<double>());
    }
    return {};
}

/// `holder`: what has `safetyRatings`.
void ModerationScores::readRatings(const json::object &holder)
{
    const json::array *ratings = arrayAt(holder, "safetyRatings");
    for (std::size_t i = 0; ratings && i < ratings->size(); ++i) {
        const json::object *rating = (*ratings)[i].if_object();
        if (!rating)
            continue;
        for (std::size_t k = 0; k < HARM_COUNT; ++k) {
            const std::string_view google = HARM_CATEGORIES[k].googleRating;
            if (!google.empty() && google == stringAt(*rating, "category"))
                m_scores[k] = std::max(m_scores[k], scoreOf(stringAt(*rating, "probability")));
        }
    }
}

void ModerationScores::appendTo(std::string &out, ModeratedKinds kinds) const
{
    const auto score = [&](std::size_t i) { return isJudged(HARM_CATEGORIES[i], kinds) ? m_scores[i] : 0.0; };
    bool isFlagged = m_isBlocked;
    for (std::size_t i = 0; i < HARM_COUNT; ++i)
        isFlagged = isFlagged || score(i) >= FLAGGED;
    out += isFlagged ? "{\"flagged\":true" : "{\"flagged\":false";
    appendMembers(out, "categories", [&](std::size_t i) { return score(i) >= FLAGGED ? "true" : "false"; });
    appendMembers(out, "category_scores", [&](std::size_t i) { return numberText(score(i)); });
    appendMembers(out, "category_applied_input_types", [&](std::size_t i) {
        const bool ofImage = kinds.image && HARM_CATEGORIES[i].isOfPictures;
        if (kinds.text)
            return ofImage ? R"(["text","image"])" : R"(["text"])";
        return ofImage ? R"(["image"])" : "[]";
    });
    out += '}';
}

} // namespace Gateway
