#include "gateway/http/admin/adminstreams.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Gateway {

namespace {

constexpr std::size_t MAX_STREAMS = 64; ///< Of one worker; each is a connection.

constexpr std::array<std::string_view, 10> KINDS{"status",   "keys",    "models", "tokens", "settings",
                                                 "requests", "proxies", "prices", "checks", "log"};

constexpr std::string_view HELLO = "retry: 2000\nevent: hello\ndata: {}\n\n";
constexpr std::string_view MISSED = "event: missed\ndata: {}\n\n";

} // namespace

std::uint32_t adminEventKind(std::string_view name)
{
    const auto found = std::find(KINDS.begin(), KINDS.end(), name);
    return found == KINDS.end() ? 0 : 1u << (found - KINDS.begin());
}

std::uint32_t usualAdminEvents()
{
    return ((1u << KINDS.size()) - 1) & ~adminEventKind("log");
}

class AdminStreams::Stream final : public DownstreamListener
{
public:
    Stream(AdminStreams &owner, std::unique_ptr<Exchange> exchange, std::uint32_t kinds)
        : m_owner(owner)
        , m_exchange(std::move(exchange))
        , m_kinds(kinds)
    {
        m_exchange->setListener(this);
        m_exchange->begin(200, "text/event-stream", {{"Cache-Control", "no-store"}}, -1);
        m_keepsUp = m_exchange->write(HELLO);
    }

    void write(const AdminEvent &event)
    {
        if ((event.kind & m_kinds) == 0)
            return;
        if (m_keepsUp)
            m_keepsUp = m_exchange->write(event.text);
        else
            m_missed = true;
    }

private:
    void clientGone() override { m_owner.drop(this); }
    void drained() override
    {
        m_keepsUp = true;
        if (std::exchange(m_missed, false))
            m_keepsUp = m_exchange->write(MISSED);
    }

    AdminStreams &m_owner;
    std::unique_ptr<Exchange> m_exchange;
    std::uint32_t m_kinds;
    bool m_keepsUp = true;
    bool m_missed = false;
};

AdminStreams::AdminStreams(std::function<void()> changed)
    : m_changed(std::move(changed))
{
}

AdminStreams::~AdminStreams() = default;

void AdminStreams::open(std::unique_ptr<Exchange> exchange, std::uint32_t kinds)
{
    if (m_streams.size() >= MAX_STREAMS) {
        exchange->fail({503, "too_many_streams", "Too many clients listen to events already.", {}, 10'000});
        return;
    }
    m_streams.push_back(std::make_unique<Stream>(*this, std::move(exchange), kinds));
    count();
}

void AdminStreams::count()
{
    const bool wasIdle = isIdle();
    m_count.store(m_streams.size(), std::memory_order_relaxed);
    if (isIdle() != wasIdle)
        m_changed();
}

void AdminStreams::post(std::shared_ptr<const AdminEvent> event)
{
    QMetaObject::invokeMethod(
        this, [this, event = std::move(event)] { write(*event); }, Qt::QueuedConnection);
}

void AdminStreams::write(const AdminEvent &event)
{
    for (const std::unique_ptr<Stream> &stream : m_streams)
        stream->write(event);
}

void AdminStreams::drop(Stream *stream)
{
    const auto found = std::find_if(m_streams.begin(), m_streams.end(),
                                    [stream](const auto &known) { return known.get() == stream; });
    if (found == m_streams.end())
        return;
    // Called by its exchange, which lives on until the event loop comes round.
    std::shared_ptr<Stream> last = std::move(*found);
    m_streams.erase(found);
    count();
    QMetaObject::invokeMethod(
        this, [last] {}, Qt::QueuedConnection);
}

} // namespace Gateway
