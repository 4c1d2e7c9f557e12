#include "gateway/relay/clientanswer.h"

#include <algorithm>
#include <utility>

#include "gateway/relay/kepthead.h"

namespace Gateway {

ClientAnswer::ClientAnswer(std::unique_ptr<Downstream> down, RequestRecord &record, const Clock &clock,
                           std::int64_t arrivedMs)
    : m_down(std::move(down))
    , m_record(record)
    , m_clock(clock)
    , m_arrivedMs(arrivedMs)
{
}

void ClientAnswer::setHeader(std::string_view name, std::string_view value)
{
    std::erase_if(m_own, [&](const auto &header) { return header.first == name; });
    if (!value.empty())
        m_own.emplace_back(name, value);
}

Headers ClientAnswer::withOwn(const Headers &headers) const
{
    Headers all = headers;
    all.insert(all.end(), m_own.begin(), m_own.end());
    return all;
}

void ClientAnswer::keep(KeepBodies keep, std::size_t bytes)
{
    m_keeps = keep;
    m_keptBytes = bytes;
}

void ClientAnswer::keepHead(int status, std::string_view contentType, const Headers &headers)
{
    if (m_keeps != KeepBodies::Never)
        m_record.responseHead = keptHead(status, contentType, withOwn(headers));
}

void ClientAnswer::begin(const PassageHead &head, std::int64_t contentLength)
{
    m_begun = true;
    keepHead(head.status, head.contentType, head.headers);
    if (m_own.empty())
        m_down->begin(head.status, head.contentType, head.headers, contentLength);
    else
        m_down->begin(head.status, head.contentType, withOwn(head.headers), contentLength);
}

void ClientAnswer::beginEarly(const PassageHead &head)
{
    begin(head, -1);
}

void ClientAnswer::count()
{
    if (!m_contentSent) {
        m_contentSent = true;
        m_record.firstByteMs = sinceArrival();
    }
    m_record.bytesOut += static_cast<std::int64_t>(m_pending.size());
    const std::size_t kept = m_record.responseBody.size();
    if (m_keeps == KeepBodies::Always && kept < m_keptBytes)
        m_record.responseBody.append(m_pending, 0, m_keptBytes - kept);
}

bool ClientAnswer::flush(const PassageHead &head, bool isStream)
{
    if (m_pending.empty())
        return true;
    if (!m_begun)
        begin(head, isStream ? -1 : head.contentLength);
    count();
    const bool goesOn = m_down->write(m_pending);
    m_pending.clear();
    return goesOn;
}

void ClientAnswer::end(const PassageHead &head, bool isStream)
{
    if (m_begun) {
        flush(head, isStream);
        m_down->end();
        return;
    }
    count();
    send(head.status, head.contentType, head.headers, m_pending);
}

void ClientAnswer::send(int status, std::string_view contentType, const Headers &headers,
                        std::string_view body)
{
    m_begun = true;
    keepHead(status, contentType, headers);
    const bool isKept = m_keeps == KeepBodies::Always || (m_keeps == KeepBodies::OnError && status >= 400);
    if (isKept && m_record.responseBody.empty())
        m_record.responseBody = body.substr(0, m_keptBytes);
    if (m_own.empty())
        m_down->send(status, contentType, headers, body);
    else
        m_down->send(status, contentType, withOwn(headers), body);
}

void ClientAnswer::breakOff(Passage &passage, const Error &error)
{
    m_pending.clear();
    if (!passage.breakOff(error, m_pending)) {
        m_down->abort();
        return;
    }
    m_record.bytesOut += static_cast<std::int64_t>(m_pending.size());
    m_down->write(m_pending);
    m_down->end();
}

} // namespace Gateway
