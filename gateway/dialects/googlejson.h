#pragma once

#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// Whether Google would read `text` as one JSON value; builds nothing. Fails with 400 "invalid_json" and the
/// byte position of the fault, in all that Google is sure to refuse: bad UTF-8, faults of structure, nesting
/// over MAX_JSON_DEPTH. What its reader takes beyond RFC 8259 (protobuf: json_stream_parser.cc) passes: a
/// comma before a closing bracket, names without quotes, single quotes, line breaks and unknown escapes in
/// strings.
Result<void> checkGoogleJson(std::string_view text);

} // namespace Gateway
