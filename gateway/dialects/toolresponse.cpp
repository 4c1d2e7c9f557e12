#include "gateway/dialects/toolresponse.h"

#include <algorithm>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

/// Gemini accepts this in place of a signature it never gave
/// (ai.google.dev/gemini-api/docs/thought-signatures).
constexpr std::string_view NO_SIGNATURE = "skip_thought_signature_validator";

/// Gemini takes a "$ref" anywhere in a result for the name of one of its media parts and refuses the request.
bool holdsReference(const json::value &value)
{
    if (const json::array *array = value.if_array())
        return std::any_of(array->begin(), array->end(), holdsReference);
    const json::object *object = value.if_object();
    return object && (object->contains("$ref") ||
                      std::any_of(object->begin(), object->end(),
                                  [](const json::key_value_pair &m) { return holdsReference(m.value()); }));
}

} // namespace

void ToolResponseParts::next()
{
    m_draft.text() += m_open ? "," : ",\"parts\":[";
    m_open = true;
}

void ToolResponseParts::close()
{
    if (m_open)
        m_draft.text() += ']';
}

void appendToolResponse(std::string &out, std::string_view text)
{
    if (trimmed(text).starts_with('{')) {
        const Result<json::value> parsed = parseJson(text);
        if (parsed && parsed->is_object() && !holdsReference(*parsed)) {
            appendJson(out, *parsed);
            return;
        }
    }
    out += "{\"result\":";
    appendJsonString(out, text);
    out += '}';
}

void appendCallName(std::string &out, const ModelFamily &family, std::string_view id, std::string_view name)
{
    if (family.callIds && !id.empty()) {
        out += "\"id\":";
        appendJsonString(out, id);
        out += ',';
    }
    out += "\"name\":";
    appendJsonString(out, name);
}

void addCallSignature(RequestDraft &draft, const ModelFamily &family, std::string_view known,
                      std::string_view id, bool first, std::string_view print)
{
    if (!family.signatures)
        return;
    const std::string_view standIn = first && family.signatureRequired ? NO_SIGNATURE : std::string_view();
    if (known.empty() && (!id.empty() || !print.empty())) {
        draft.addSignatureHole(id, standIn, print);
        return;
    }
    const std::string_view signature = known.empty() ? standIn : known;
    if (signature.empty())
        return;
    draft.text() += ",\"thoughtSignature\":";
    appendJsonString(draft.text(), signature);
}

} // namespace Gateway
