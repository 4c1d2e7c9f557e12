#include "gateway/common/multipart.h"

#include <algorithm>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_BOUNDARY = 70; // RFC 2046, 5.1.1
constexpr std::size_t MOST_FIELDS = 1000;

tl::unexpected<Error> invalidForm(std::string text)
{
    return fail(400, "invalid_form", std::move(text));
}

/// The value of a header's parameter: `; name="a \"b\""` or `; name=token`; empty when absent.
std::string parameterOf(std::string_view header, std::string_view name)
{
    std::size_t at = header.find(';');
    while (at != std::string_view::npos) {
        std::string_view rest = trimmed(header.substr(at + 1));
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos)
            return {};
        const bool isWanted = equalsIgnoreCase(trimmed(rest.substr(0, equals)), name);
        rest.remove_prefix(equals + 1);
        std::string value;
        std::size_t length = 0;
        if (rest.starts_with('"')) {
            for (length = 1; length < rest.size() && rest[length] != '"'; ++length) {
                // Browsers escape a quote as %22; only a backslash before a quote escapes it.
                if (rest[length] == '\\' && length + 1 < rest.size() && rest[length + 1] == '"')
                    ++length;
                value += rest[length];
            }
        } else {
            length = std::min(rest.find(';'), rest.size());
            value = trimmed(rest.substr(0, length));
        }
        if (isWanted)
            return value;
        header = rest.substr(length);
        at = header.find(';');
    }
    return {};
}

/// The lines of a field's head.
Result<FormField> fieldOf(std::string_view head)
{
    FormField field;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return invalidForm("A field of the form has a header without a colon.");
        const std::string_view name = trimmed(line.substr(0, colon));
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (equalsIgnoreCase(name, "content-type")) {
            field.contentType = value;
        } else if (equalsIgnoreCase(name, "content-disposition")) {
            field.name = parameterOf(value, "name");
            field.fileName = parameterOf(value, "filename");
            const std::string wide = parameterOf(value, "filename*"); // UTF-8''a%20b
            if (startsWithIgnoreCase(wide, "utf-8'"))
                field.fileName = percentDecoded(std::string_view(wide).substr(wide.rfind('\'') + 1));
        }
    }
    if (field.name.empty())
        return invalidForm("A field of the form has no name.");
    return field;
}

} // namespace

Result<std::vector<FormField>> readMultipart(std::string_view contentType, std::string_view body)
{
    if (!startsWithIgnoreCase(contentType, "multipart/form-data"))
        return invalidForm("A form is expected: send multipart/form-data.");
    const std::string boundary = parameterOf(contentType, "boundary");
    if (boundary.empty() || boundary.size() > LONGEST_BOUNDARY)
        return invalidForm("The form's Content-Type names no boundary.");
    const std::string opening = "--" + boundary;
    const std::string between = "\r\n--" + boundary;
    if (!body.starts_with(opening)) {
        const std::size_t first = body.find(between); // text before the first boundary is to be passed over
        if (first == std::string_view::npos)
            return invalidForm("The form's boundary does not occur in its body.");
        body.remove_prefix(first + 2);
    }
    body.remove_prefix(opening.size());
    std::vector<FormField> form;
    while (!body.starts_with("--")) {
        const std::size_t line = body.find("\r\n");
        const std::size_t headEnd = body.find("\r\n\r\n", line);
        const std::size_t end = body.find(between, headEnd == std::string_view::npos ? headEnd : headEnd + 2);
        if (line == std::string_view::npos || headEnd == std::string_view::npos ||
            end == std::string_view::npos || !trimmed(body.substr(0, line)).empty())
            return invalidForm("The form is cut off.");
        if (form.size() == MOST_FIELDS)
            return invalidForm("The form has too many fields.");
        Result<FormField> field =
            fieldOf(line == headEnd ? std::string_view() : body.substr(line + 2, headEnd - line - 2));
        if (!field)
            return fail(std::move(field.error()));
        const std::size_t from = headEnd + 4;
        field->content = end >= from ? body.substr(from, end - from) : std::string_view();
        form.push_back(std::move(*field));
        body.remove_prefix(end + between.size());
    }
    return form;
}

const FormField *fieldAt(const std::vector<FormField> &form, std::string_view name)
{
    const auto found =
        std::find_if(form.begin(), form.end(), [name](const FormField &field) { return field.name == name; });
    return found == form.end() ? nullptr : &*found;
}

std::string_view formText(const std::vector<FormField> &form, std::string_view name)
{
    const FormField *field = fieldAt(form, name);
    return field ? field->content : std::string_view();
}

} // namespace Gateway
