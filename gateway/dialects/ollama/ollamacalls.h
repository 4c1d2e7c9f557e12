#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

/// The tool calls of one turn of the model and the messages of role tool that answer them. Gemini wants all
/// results in the turn after the calls, in their order, as many as there were calls
/// (ai.google.dev/gemini-api/docs/function-calling); Ollama's clients name a result's call by `tool_call_id`,
/// by `tool_name`, or only by the order.
class OllamaCalls
{
public:
    struct Call
    {
        std::string_view id; ///< The client's, may be empty.
        std::string_view name;
        const json::object *arguments = nullptr; ///< Null for none.
    };

    OllamaCalls(RequestDraft &draft, ChatTurns &turns, const ModelFamily &family);

    /// Writes the part of a call; all that it points to must outlive this. `print`: see TurnPrint.
    void write(const Call &call, std::string_view print);

    /// A message of role tool, the `index`th of all; must outlive this.
    void take(const json::object &message, std::size_t index);
    bool hasResults() const { return !m_results.empty(); }

    /// Writes the results: each with its call, a call without one as an error, a result without a call as
    /// words of the user's. `path` is that of the messages.
    Result<void> finish(const JsonPath &path);

private:
    struct Given
    {
        const json::object *message = nullptr;
        std::size_t index = 0;
        bool isPaired = false;
    };
    struct Open
    {
        std::string id;
        std::string_view name;
        const Given *result = nullptr;
    };

    template <typename Fits>
    void pair(Fits fits);
    void pairAll();
    Result<void> writeResult(const Open &call, const JsonPath &path);
    Result<void> writeLoose(const Given &given, const JsonPath &path);

    RequestDraft &m_draft;
    ChatTurns &m_turns;
    const ModelFamily &m_family;
    std::vector<Open> m_open;
    std::vector<Given> m_results;
    std::size_t m_made = 0; ///< Calls written so far, for ids.
};

} // namespace Gateway
