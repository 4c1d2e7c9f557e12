#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QTimer>

#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/responselog.h"
#include "gateway/upstream/ssereader.h"

namespace Gateway {

/// Stands between a job and its client and takes the finished response out of what goes by, so that it can be
/// kept. Without a client, or with one that may leave, the job runs on to its end (background mode).
class ResponseDown final : public Downstream, private DownstreamListener
{
public:
    /// The finished response object as JSON, or why there is none. Called once, at the end.
    using Done = std::function<void(Result<std::string> response)>;
    /// Asked now and then in background mode: whether nobody wants the answer any more.
    using IsCancelled = std::function<bool()>;

    /// For a client that waits.
    ResponseDown(std::unique_ptr<Downstream> client, Done done);
    /// For background mode, where `client` may be null. `log` gets the events of a stream.
    ResponseDown(std::unique_ptr<Downstream> client, Done done, IsCancelled isCancelled,
                 std::shared_ptr<ResponseLog> log);
    ~ResponseDown() override;

    void setListener(DownstreamListener *listener) override;
    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override;
    void begin(int status, std::string_view contentType, const Headers &headers,
               std::int64_t contentLength) override;
    bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;

private:
    void clientGone() override;
    void drained() override;
    void tell(Result<std::string> response);
    void watch();

    std::unique_ptr<Downstream> m_client;
    Done m_done;
    IsCancelled m_isCancelled;          ///< Null when a client waits.
    std::shared_ptr<ResponseLog> m_log; ///< Likewise.
    DownstreamListener *m_listener = nullptr;
    SseReader m_reader;
    std::string m_whole; ///< Of an answer that is no stream.
    bool m_isStream = false;
    QTimer *m_watch = nullptr;
};

} // namespace Gateway
