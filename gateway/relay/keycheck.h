#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <QObject>
#include <QTimer>

#include "gateway/pool/keypool.h"
#include "gateway/relay/keyprobe.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

struct KeyCheckOptions
{
    std::int64_t intervalMs = 0; ///< Of the background check of sidelined keys; 0: never.
    std::size_t atOnce = 8;      ///< Keys that are asked at one time.
    KeyProbeCall call;
};

/// Asks Google about keys: in the background about those that were sidelined, and on demand about any. A few
/// at a time; those asked for by people come first. Lives in one worker's thread.
class KeyCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyCheck)

public:
    /// What came since the last time, at most ten times a second. `done` of `total` keys are checked; the run
    /// is over when both are equal or it was cancelled.
    struct Progress
    {
        std::uint64_t run = 0;
        std::vector<KeyCheckResult> results;
        int done = 0;
        int total = 0;
        bool cancelled = false;

        bool isOver() const { return cancelled || done == total; }
    };
    using Tell = std::function<void(Progress)>;

    KeyCheck(const RelayParts &parts, QObject *parent = nullptr);
    ~KeyCheck() override;

    void configure(KeyCheckOptions options);

    /// Checks all sidelined keys now, unless the round before still runs.
    void run();

    /// Checks these keys; `run` names the run. `tell` hears of it until it is over.
    void start(std::uint64_t run, std::vector<KeyId> keys, Tell tell);
    /// The keys that are being asked are still told of; no further ones are asked.
    void cancel(std::uint64_t run);

private:
    struct Run
    {
        std::deque<KeyId> waiting;
        Progress progress;
        Tell tell;
        int asking = 0;
    };
    using Runs = std::map<std::uint64_t, Run>;

    void fill();
    bool startOne();
    void ask(Lease lease, std::uint64_t run);
    void probed(const KeyProbe &probe, std::uint64_t run, const KeyCheckResult &result);
    void note(std::uint64_t run, const KeyCheckResult &result);
    void tell();

    RelayParts m_parts;
    KeyCheckOptions m_options;
    QTimer m_interval;
    QTimer m_telling;
    std::vector<Lease> m_sidelined; ///< Waiting to be asked in the background.
    Runs m_runs;
    std::vector<std::unique_ptr<KeyProbe>> m_probes;
    int m_backgroundProbes = 0;
};

} // namespace Gateway
