#include "gateway/relay/keycheck.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace Gateway {

namespace {

constexpr int MOST_AT_A_TIME = 1000;
constexpr int TELLING_MS = 100;
constexpr std::uint64_t BACKGROUND = 0; // the run of nobody's order

} // namespace

KeyCheck::KeyCheck(const RelayParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&m_interval, &QTimer::timeout, this, &KeyCheck::run);
    m_telling.setSingleShot(true);
    connect(&m_telling, &QTimer::timeout, this, &KeyCheck::tell);
}

KeyCheck::~KeyCheck() = default;

void KeyCheck::configure(KeyCheckOptions options)
{
    m_options = std::move(options);
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    if (m_options.intervalMs > 0)
        m_interval.start(static_cast<int>(std::min(m_options.intervalMs, most)));
    else
        m_interval.stop();
}

void KeyCheck::run()
{
    if (!m_sidelined.empty() || m_backgroundProbes > 0)
        return; // the round before is still on its way
    m_sidelined = m_parts.pool.sidelined(MOST_AT_A_TIME);
    fill();
}

void KeyCheck::start(std::uint64_t run, std::vector<KeyId> keys, Tell tell)
{
    Run &added = m_runs[run];
    added.waiting.assign(keys.begin(), keys.end());
    added.progress.run = run;
    added.progress.total = static_cast<int>(keys.size());
    added.tell = std::move(tell);
    if (keys.empty())
        m_telling.start(0);
    fill();
}

void KeyCheck::cancel(std::uint64_t run)
{
    const auto found = m_runs.find(run);
    if (found == m_runs.end())
        return;
    found->second.waiting.clear();
    found->second.progress.cancelled = true;
    if (found->second.asking == 0)
        m_telling.start(0);
}

void KeyCheck::fill()
{
    while (m_probes.size() < m_options.atOnce && startOne()) {
    }
}

/// False when nothing waits to be asked.
bool KeyCheck::startOne()
{
    for (auto &[number, run] : m_runs) {
        if (run.waiting.empty())
            continue;
        const KeyId key = run.waiting.front();
        run.waiting.pop_front();
        if (std::optional<Lease> lease = m_parts.pool.lendForCheck(key)) {
            ++run.asking;
            ask(std::move(*lease), number);
            return true;
        }
        KeyCheckResult result;
        result.key = key;
        result.kind = OutcomeKind::Cancelled;
        result.reason = "NOT_CHECKED";
        result.text = "There is no such key any more, or it is being checked or changed just now.";
        note(number, result);
        return true;
    }
    if (m_sidelined.empty())
        return false;
    Lease lease = std::move(m_sidelined.back());
    m_sidelined.pop_back();
    ++m_backgroundProbes;
    ask(std::move(lease), BACKGROUND);
    return true;
}

void KeyCheck::ask(Lease lease, std::uint64_t run)
{
    m_probes.push_back(std::make_unique<KeyProbe>(
        m_parts, m_options.call, std::move(lease),
        [this, run](KeyProbe &probe, const KeyCheckResult &result) { probed(probe, run, result); }));
}

void KeyCheck::probed(const KeyProbe &probe, std::uint64_t run, const KeyCheckResult &result)
{
    const auto over = std::find_if(m_probes.begin(), m_probes.end(),
                                   [&probe](const auto &running) { return running.get() == &probe; });
    const std::unique_ptr<KeyProbe> ended = std::move(*over); // lives until its callback returns to here
    m_probes.erase(over);
    if (run == BACKGROUND) {
        --m_backgroundProbes;
    } else if (const auto found = m_runs.find(run); found != m_runs.end()) {
        --found->second.asking;
        note(run, result);
    }
    fill();
}

void KeyCheck::note(std::uint64_t run, const KeyCheckResult &result)
{
    Progress &progress = m_runs.at(run).progress;
    progress.results.push_back(result);
    ++progress.done;
    if (!m_telling.isActive())
        m_telling.start(progress.isOver() ? 0 : TELLING_MS);
}

void KeyCheck::tell()
{
    std::vector<std::pair<Tell, Progress>> news;
    for (auto at = m_runs.begin(); at != m_runs.end();) {
        Run &run = at->second;
        const bool isOver = run.progress.isOver() && run.asking == 0;
        if (isOver || !run.progress.results.empty()) {
            Progress told = run.progress;
            told.cancelled = run.progress.cancelled && run.asking == 0; // over only with the last of them
            news.emplace_back(run.tell, std::move(told));
            run.progress.results.clear();
        }
        at = isOver ? m_runs.erase(at) : std::next(at);
    }
    for (auto &[listener, progress] : news)
        listener(std::move(progress));
}

} // namespace Gateway
