#pragma once

#include <memory>
#include <unordered_map>

#include <QObject>

#include "gateway/relay/livesession.h"

namespace Gateway {

/// The Live sessions of one worker. Lives in the worker's thread.
class LiveRelay final : public QObject, private LiveHost
{
public:
    /// `parts` outlives this.
    LiveRelay(const RelayParts &parts, RelayOptions options, QObject *parent = nullptr);
    ~LiveRelay() override;

    /// For sessions from now on, and the next step of running ones.
    void setOptions(RelayOptions options) { m_options = std::move(options); }

    /// Largest message, in bytes.
    std::size_t messageLimit() const { return m_options.liveMessageBytes; }

    /// Takes a client's WebSocket on. `request` is the one that asked for it.
    void start(ClientRequest request, std::unique_ptr<ClientSocket> client, LiveDoor door);

private:
    const RelayParts &parts() const override { return m_parts; }
    const RelayOptions &options() const override { return m_options; }
    QObject *context() override { return this; }
    void finished(LiveSession &session) override { m_sessions.erase(&session); }

    const RelayParts &m_parts;
    RelayOptions m_options;
    std::unordered_map<LiveSession *, std::shared_ptr<LiveSession>> m_sessions;
};

} // namespace Gateway
