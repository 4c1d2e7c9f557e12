#pragma once

#include <string>

#include "gateway/common/text.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// Whether a request without an access token may come in where OLLAMA_OPEN lets Ollama's clients do without
/// one: it is for a path that Ollama has, its own or those of other dialects, and comes from a program on
/// this computer. A web page's request (a foreign Origin, a cross-site fetch, a name that was made to point
/// here) and one that a proxy passes on are not.
bool isLocalOllamaRequest(const ClientRequest &request);

/// The password of Authorization: Basic (RFC 7617), empty without: many of Ollama's clients know nothing but
/// an address, of which they make this header when it holds one (http://any:TOKEN@127.0.0.1:4364).
std::string passwordOf(const Headers &headers);

/// The token that clients of Ollama send where their library insists on one.
constexpr const char *OLLAMA_FILLER_TOKEN = "ollama";

} // namespace Gateway
