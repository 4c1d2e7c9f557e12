#pragma once

#include <string_view>
#include <unordered_map>

#include "gateway/common/requestquery.h"
#include "gateway/store/database.h"

namespace Gateway {

/// Turns rows of `requests` back into records; remembers the words it has looked up. Not thread-safe.
class RequestColumns
{
public:
    explicit RequestColumns(Database &database);

    /// What read() takes, in its order.
    static constexpr std::string_view NAMES =
        "seq, id, time_ms, token, dialect, method, model_asked, model_used, key_id, status, error, streamed, "
        "first_byte_ms, duration_ms, prompt_tokens, candidate_tokens, thought_tokens, cached_tokens, "
        "tool_tokens, total_tokens, bytes_in, bytes_out, attempts, cost_micro";

    /// Without bodies.
    RequestRow read(Statement &row);

private:
    std::string nameOf(std::int64_t id);

    StatementPtr m_name;
    std::unordered_map<std::int64_t, std::string> m_names;
};

} // namespace Gateway
