#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace Gateway {

/// Writes the events of a streamed response, numbered from 0. Writes nothing while it has no place to write
/// to: a whole answer is put together in the same way, without them.
class ResponsesEvents
{
public:
    /// Where events go from now on; null: nowhere.
    void setOut(std::string *out) { m_out = out; }

    /// Begins an event; the caller appends further members and calls end(). False: nothing is to be written.
    bool begin(std::string_view type);
    /// As begin(), with the members item_id and output_index.
    bool beginOf(std::string_view type, std::string_view itemId, int outputIndex);
    ResponsesEvents &text(std::string_view name, std::string_view value);
    ResponsesEvents &number(std::string_view name, int value);
    ResponsesEvents &json(std::string_view name, std::string_view value);
    void end();

    bool hasBegun() const { return m_next > 0; }
    /// The next event gets this number.
    void skipTo(std::int64_t number) { m_next = number; }

private:
    ResponsesEvents &name(std::string_view name);

    std::string *m_out = nullptr;
    std::int64_t m_next = 0;
};

} // namespace Gateway
