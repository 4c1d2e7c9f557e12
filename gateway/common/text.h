#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Gateway {

/// HTTP headers in the order they came; names keep their spelling and compare without case.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// ASCII comparison without case.
bool equalsIgnoreCase(std::string_view left, std::string_view right);
bool startsWithIgnoreCase(std::string_view text, std::string_view prefix);
bool containsIgnoreCase(std::string_view text, std::string_view part);

/// Without spaces and tabs at both ends (and CR, LF).
std::string_view trimmed(std::string_view text);

/// A model's name without Google's "models/" in front.
std::string_view withoutModels(std::string_view model);

/// First header of that name, or empty.
std::string_view headerValue(const Headers &headers, std::string_view name);

/// `%41` → `A`; a broken escape stays as it is. `+` stays.
std::string percentDecoded(std::string_view text);

/// Escapes everything but RFC 3986's unreserved characters.
std::string percentEncoded(std::string_view text);

/// The value of `name` in a query string (without '?'), decoded; empty when absent.
std::string queryValue(std::string_view query, std::string_view name);

/// `query` without the parameter `name`, the rest untouched and in order.
std::string queryWithout(std::string_view query, std::string_view name);

/// Pieces of `text` between any of `separators`, trimmed, empty ones left out.
std::vector<std::string> splitList(std::string_view text, std::string_view separators);

/// Whether `text` is meant by `pattern`, in which each `*` stands for any characters. Case counts.
bool matchesPattern(std::string_view text, std::string_view pattern);

} // namespace Gateway
