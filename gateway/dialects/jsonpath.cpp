#include "gateway/dialects/jsonpath.h"

namespace Gateway {

std::string JsonPath::text() const
{
    std::string out;
    append(out);
    return out;
}

void JsonPath::append(std::string &out) const
{
    if (!m_parent)
        return;
    m_parent->append(out);
    if (m_isIndex) {
        out += '[';
        out += std::to_string(m_index);
        out += ']';
        return;
    }
    if (!out.empty())
        out += '.';
    out += m_member;
}

tl::unexpected<Error> refuse(const JsonPath &path, std::string_view what, std::string_view code)
{
    Error error;
    error.status = 400;
    error.code = code;
    error.param = path.text();
    error.text = error.param;
    if (!error.text.empty())
        error.text += ": ";
    error.text += what;
    return tl::unexpected<Error>(std::move(error));
}

tl::unexpected<Error> refuseKind(const JsonPath &path, std::string_view expected)
{
    return refuse(path, "must be " + std::string(expected) + ".", "invalid_type");
}

tl::unexpected<Error> refuseMissing(const JsonPath &path)
{
    return refuse(path, "is required.", "missing_required_parameter");
}

} // namespace Gateway
