#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Gateway {

// What the rows of the settings table let in. All take a text without blanks around it.

bool isNotEmpty(std::string_view text);
/// No blanks or control characters inside: what an HTTP header can carry as a token.
bool isToken(std::string_view text);
/// An IPv4 or IPv6 address or "localhost".
bool isListenAddress(std::string_view text);
/// A host name or address without scheme, port or path; or "*".
bool isHostName(std::string_view text);
/// "https://example.com", "http://localhost:8080" (RFC 6454, section 6.2), or "*".
bool isOrigin(std::string_view text);
/// An absolute http or https URL without user, query or fragment.
bool isHttpBase(std::string_view text);
/// Empty, or scheme://[user:password@]host[:port] with http, https, socks5 or socks5h.
bool isProxyUrl(std::string_view text);
/// Empty, or "sqlite:PATH" or "file:PATH".
bool isDatabaseUrl(std::string_view text);
/// A model's name, or a pattern of one with `*`.
bool isModelPattern(std::string_view text);

/// A model's name, or empty.
bool isModelOrEmpty(std::string_view text);

/// Rules as ModelFallbacks::parse() reads them, or empty.
bool isModelFallbacks(std::string_view text);
/// What is wrong with such rules.
std::string faultInFallbacks(std::string_view text);

/// Rules as ModelAliases::parse() reads them, or empty.
bool isModelAliases(std::string_view text);
/// What is wrong with such rules.
std::string faultInAliases(std::string_view text);

/// Empty, or how hard to think as ThinkingWish::parse() reads it.
bool isThinking(std::string_view text);

/// Headers as parseExtraHeaders() reads them, or empty.
bool isExtraHeaders(std::string_view text);
/// What is wrong with such headers.
std::string faultInHeaders(std::string_view text);

/// A whole number; with `unit` "bytes" also "100 MiB" (KiB, MiB, GiB and KB, MB, GB; K, M and G are the
/// binary ones), with "s" also "90s", "2m", "1h". Nothing when it is no such number or does not fit.
std::optional<std::int64_t> parseAmount(std::string_view text, std::string_view unit);
/// 1/0, true/false, yes/no, on/off without case.
std::optional<bool> parseFlag(std::string_view text);

} // namespace Gateway
