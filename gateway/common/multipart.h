#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// One field of a form. `content` is a piece of the body it was read from.
struct FormField
{
    std::string name;
    std::string fileName;    ///< Empty for a field that is no file.
    std::string contentType; ///< Empty when not told.
    std::string_view content;
};

/// Reads a multipart/form-data body (RFC 7578). `contentType`: the header with the boundary. Fails with 400
/// "invalid_form"; `body` must outlive the answer.
Result<std::vector<FormField>> readMultipart(std::string_view contentType, std::string_view body);

/// The field of that name, or null.
const FormField *fieldAt(const std::vector<FormField> &form, std::string_view name);
/// Its content, or empty.
std::string_view formText(const std::vector<FormField> &form, std::string_view name);

} // namespace Gateway
