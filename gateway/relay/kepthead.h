#pragma once

#include <string>
#include <string_view>

#include "gateway/common/text.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// The head of a client's request as a record keeps it: "POST /v1/messages?beta=true", then a line
/// "name: value" for each header. Credentials are masked, in the query as well.
std::string keptHead(const ClientRequest &request);

/// The head of the gateway's answer: "200", then its headers, without what the server adds to each.
std::string keptHead(int status, std::string_view contentType, const Headers &headers);

} // namespace Gateway
