#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <QBasicTimer>
#include <QObject>

#include "gateway/common/clock.h"
#include "gateway/upstream/origin.h"
#include "gateway/upstream/wire.h"

namespace Gateway {

/// The idle connections of one client, by origin; the one that was used last is taken first. One that the
/// peer closes, or that brings bytes nobody asked for, is closed at once; others after 90 s.
class WirePool final : public QObject, private Wire::User
{
public:
    explicit WirePool(const Clock &clock);
    ~WirePool() override;

    /// The origin of `url` through `proxyUrl` (empty: none); the pool keeps it while it has users.
    Result<Origin *> originOf(std::string_view url, std::string_view proxyUrl);

    /// Null when no connection is idle.
    std::unique_ptr<Wire> take(Origin &origin);

    /// `wire` must know its origin and be at the beginning of a request.
    void put(std::unique_ptr<Wire> wire, std::int64_t nowMs);

    /// Closes all; what was made before is not kept any more.
    void renew();
    unsigned generation() const { return m_generation; }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void wireReady(Wire &wire, int events) override;

    std::unique_ptr<Wire> unlink(Wire &wire);
    void closeIdleSince(Origin &origin, std::int64_t ms);

    const Clock &m_clock;
    std::unordered_map<std::string, Origin> m_origins; ///< By proxy and prefix.
    Origin *m_last = nullptr;                          ///< Asked for last: spares making a key.
    std::size_t m_idle = 0;
    unsigned m_generation = 1;
    QBasicTimer m_timer;
};

} // namespace Gateway
