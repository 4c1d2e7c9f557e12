#include "gateway/dialects/tokenlogprobs.h"

#include <string_view>

namespace Gateway {

namespace {

void appendTokenBytes(std::string &out, std::string_view token)
{
    out += ",\"bytes\":[";
    for (std::size_t i = 0; i < token.size(); ++i)
        out.append(i == 0 ? "" : ",").append(std::to_string(static_cast<unsigned char>(token[i])));
    out += ']';
}

void appendLogprob(std::string &out, const json::value &candidate)
{
    const json::object *object = candidate.if_object();
    const std::string_view token = object ? stringAt(*object, "token") : std::string_view();
    const json::value *probability = object ? object->if_contains("logProbability") : nullptr;
    out += "{\"token\":";
    appendJsonString(out, token);
    out += ",\"logprob\":";
    if (probability && probability->is_number())
        appendJson(out, *probability);
    else
        out += '0'; // Gemini leaves out zeros: the token was certain.
    appendTokenBytes(out, token);
}

void appendTopLogprobs(std::string &out, const json::array *top, std::size_t step)
{
    out += ",\"top_logprobs\":[";
    const json::object *entry = top && step < top->size() ? (*top)[step].if_object() : nullptr;
    const json::array *candidates = entry ? arrayAt(*entry, "candidates") : nullptr;
    for (std::size_t i = 0; candidates && i < candidates->size(); ++i) {
        out += i == 0 ? "" : ",";
        appendLogprob(out, (*candidates)[i]);
        out += '}';
    }
    out += ']';
}

} // namespace

void appendTokenLogprobs(std::string &out, const json::object &result)
{
    const json::array *chosen = arrayAt(result, "chosenCandidates");
    const json::array *top = arrayAt(result, "topCandidates");
    out += '[';
    for (std::size_t step = 0; chosen && step < chosen->size(); ++step) {
        out += step == 0 ? "" : ",";
        appendLogprob(out, (*chosen)[step]);
        appendTopLogprobs(out, top, step);
        out += '}';
    }
    out += ']';
}

} // namespace Gateway
