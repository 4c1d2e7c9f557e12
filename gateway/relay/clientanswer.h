#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

/// The one answer of a request on its way down: its head goes once, its bytes are counted and, if wanted,
/// kept in the record.
class ClientAnswer
{
public:
    /// `record` outlives this; `arrivedMs` is the request's Clock::monotonicMs.
    ClientAnswer(std::unique_ptr<Downstream> down, RequestRecord &record, const Clock &clock,
                 std::int64_t arrivedMs);

    /// What of the answer the record keeps; nothing when this was not called. `bytes`: of the body.
    void keep(KeepBodies keep, std::size_t bytes);

    Downstream &down() { return *m_down; }
    /// The head went down.
    bool hasBegun() const { return m_begun; }
    /// And bytes of the answer: no other attempt can follow.
    bool hasContent() const { return m_contentSent; }
    /// What waits to go down.
    std::string &pending() { return m_pending; }

    /// A further header of the answer, for a head that has not gone yet. Replaces one of its name; an empty
    /// value takes it away.
    void setHeader(std::string_view name, std::string_view value);

    /// Sends a stream's head before anything is known of the answer.
    void beginEarly(const PassageHead &head);
    /// Sends what is pending, after the head where it has not gone; false while the client is slow.
    bool flush(const PassageHead &head, bool isStream);
    /// The good answer is complete: sends the rest, or the whole of it at once.
    void end(const PassageHead &head, bool isStream);
    /// A whole answer of another kind; for errors and the gateway's own.
    void send(int status, std::string_view contentType, const Headers &headers, std::string_view body);
    /// The answer broke after its head: tells so in the passage's way, or cuts the connection.
    void breakOff(Passage &passage, const Error &error);

private:
    Headers withOwn(const Headers &headers) const;
    void begin(const PassageHead &head, std::int64_t contentLength);
    void count();
    void keepHead(int status, std::string_view contentType, const Headers &headers);
    std::int64_t sinceArrival() const { return m_clock.monotonicMs() - m_arrivedMs; }

    std::unique_ptr<Downstream> m_down;
    RequestRecord &m_record;
    const Clock &m_clock;
    std::int64_t m_arrivedMs;
    std::string m_pending;
    Headers m_own;
    bool m_begun = false;
    bool m_contentSent = false;
    KeepBodies m_keeps = KeepBodies::Never;
    std::size_t m_keptBytes = 0;
};

} // namespace Gateway
