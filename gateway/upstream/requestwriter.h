#pragma once

#include <string>
#include <string_view>

#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// Whether `request` goes with a body, even an empty one.
bool sendsBody(const UpstreamRequest &request);

/// Puts the request's head (RFC 9112, 3) in place of what `head` holds: its key and its headers, save those
/// that the transport decides on and those that would break the head. `target` and `host` are as Origin has
/// them. False when the method is no token.
bool writeRequestHead(const UpstreamRequest &request, std::string_view target, std::string_view host,
                      std::string &head);

} // namespace Gateway
