#pragma once

#include <cstddef>
#include <string_view>

#include "tests/support/httpplan.h"

namespace TestSupport {

/// What stands at the front of a connection's bytes.
struct ParsedRequest
{
    enum State { Unfinished, Complete, Bad };
    State state = Unfinished;
    bool wantsContinue = false; ///< Unfinished, and the client waits for "100 Continue".
    std::size_t size = 0;       ///< Complete: bytes it took.
    std::string_view fault;     ///< Bad: status and reason to answer with.
    HttpRequest request;        ///< Complete; a chunked body is joined.
};

/// Parses an HTTP/1.1 request (RFC 9112); bodies by Content-Length or chunked.
ParsedRequest parseHttpRequest(std::string_view bytes);

/// The Content-Length in a request head, 0 when it names none.
std::size_t contentLengthOf(std::string_view head);

} // namespace TestSupport
