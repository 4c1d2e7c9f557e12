#include "gateway/relay/responsedown.h"

#include <utility>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr int WATCH_MS = 250;
constexpr std::size_t MAX_EVENT = 512u * 1024 * 1024;

Error brokenOff()
{
    return Error{500, "server_error", "The answer broke off.", {}, 0};
}

/// OpenAI's error body as an Error again.
Error errorOf(int status, std::string_view body)
{
    const Result<json::object> parsed = parseJsonObject(body);
    const json::object *error = parsed ? objectAt(*parsed, "error") : nullptr;
    if (!error)
        return brokenOff();
    return Error{status, std::string(stringAt(*error, "code")), std::string(stringAt(*error, "message")),
                 std::string(stringAt(*error, "param")), 0};
}

} // namespace

ResponseDown::ResponseDown(std::unique_ptr<Downstream> client, Done done)
    : ResponseDown(std::move(client), std::move(done), nullptr, nullptr)
{
}

ResponseDown::ResponseDown(std::unique_ptr<Downstream> client, Done done, IsCancelled isCancelled,
                           std::shared_ptr<ResponseLog> log)
    : m_client(std::move(client))
    , m_done(std::move(done))
    , m_isCancelled(std::move(isCancelled))
    , m_log(std::move(log))
    , m_reader(MAX_EVENT)
{
    if (m_client)
        m_client->setListener(this);
    if (m_isCancelled)
        watch();
}

ResponseDown::~ResponseDown()
{
    if (m_client)
        m_client->setListener(nullptr);
    if (m_watch) {
        m_watch->stop();
        m_watch->deleteLater(); // it may be the one that ended this
    }
    tell(fail(brokenOff()));
}

void ResponseDown::watch()
{
    m_watch = new QTimer;
    QObject::connect(m_watch, &QTimer::timeout, m_watch, [this] {
        if (m_listener && m_isCancelled())
            m_listener->clientGone(); // this object may be gone afterwards
    });
    m_watch->start(WATCH_MS);
}

void ResponseDown::setListener(DownstreamListener *listener)
{
    m_listener = listener;
}

void ResponseDown::send(int status, std::string_view contentType, const Headers &headers,
                        std::string_view body)
{
    constexpr int FIRST_ERROR = 400;
    tell(status < FIRST_ERROR ? Result<std::string>(std::string(body)) : fail(errorOf(status, body)));
    if (m_client)
        std::exchange(m_client, nullptr)->send(status, contentType, headers, body);
}

void ResponseDown::begin(int status, std::string_view contentType, const Headers &headers,
                         std::int64_t contentLength)
{
    m_isStream = contentType.starts_with("text/event-stream");
    if (m_client)
        m_client->begin(status, contentType, headers, contentLength);
}

bool ResponseDown::write(std::string_view bytes)
{
    if (m_isStream) {
        if (m_log)
            m_log->add(bytes);
        m_reader.feed(bytes, [this](std::string_view event, std::string_view data) {
            if (event != "response.completed" && event != "response.incomplete" && event != "response.failed")
                return;
            const Result<json::object> parsed = parseJsonObject(data);
            if (parsed && parsed->contains("response"))
                tell(toJson(parsed->at("response")));
        });
    } else {
        m_whole += bytes;
    }
    return !m_client || m_client->write(bytes);
}

void ResponseDown::end()
{
    if (!m_isStream)
        tell(std::move(m_whole));
    if (m_client)
        m_client->end();
}

void ResponseDown::abort()
{
    tell(fail(brokenOff()));
    if (m_client)
        m_client->abort();
}

void ResponseDown::clientGone()
{
    if (m_isCancelled) {
        m_client->setListener(nullptr);
        m_client.reset();
        if (m_listener)
            m_listener->drained();
        return;
    }
    if (m_listener)
        m_listener->clientGone();
}

void ResponseDown::drained()
{
    if (m_listener)
        m_listener->drained();
}

void ResponseDown::tell(Result<std::string> response)
{
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(response));
}

} // namespace Gateway
