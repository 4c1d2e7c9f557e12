#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/pool/keypool.h"
#include "gateway/relay/relayparts.h"
#include "gateway/relay/waitqueue.h"

namespace Gateway {

/// Hears how a search ends; each function is the search's last act.
class KeySearchListener
{
public:
    virtual ~KeySearchListener() = default;
    virtual void keyFound(Lease lease) = 0;
    /// There is none, and waiting for one makes no sense.
    virtual void noKey(const Refusal &refusal) = 0;
};

/// What of a request decides which key will do.
struct KeyTarget
{
    std::string model;
    KeyId owner = 0; ///< The only key that will do, 0 for any.
    std::uint64_t affinity = 0;
    std::int64_t inputTokens = 0;
    std::vector<std::string> tags;
    bool geminiOnly = false; ///< Only keys of the Gemini API will do.
};

/// Finds the next key for one request: one that the request has not tried where there is one, and where all
/// rest for a short while only, the first that returns. Requests wait in line, in the order they came.
class KeySearch
{
public:
    /// What a search needs of the request it is for.
    struct Surroundings
    {
        const RelayParts &parts;
        const RelayOptions &options;
        KeySearchListener &listener;
        QObject *context; ///< Lives in the request's thread, and longer than the request.
        std::int64_t arrivedMs = 0;
        /// Calls the function after so many ms, unless the request is over by then.
        std::function<void(std::int64_t, std::function<void()>)> later;
        /// Makes a function that calls another in the request's thread, unless the request is over by then.
        std::function<std::function<void()>(std::function<void()>)> guarded;
    };

    explicit KeySearch(Surroundings surroundings);

    void setTarget(KeyTarget target) { m_target = std::move(target); }
    const KeyTarget &target() const { return m_target; }

    /// From now on only keys of the Gemini API will do.
    void wantGemini() { m_target.geminiOnly = true; }

    /// Another model is asked from now on: what was tried for the old one may be asked again.
    void changeModel(std::string model);

    /// How to look.
    struct Manner
    {
        bool isLast = false;          ///< No further attempt may follow.
        bool mayWait = true;          ///< A short wait is better than a refusal.
        bool outwaitsOverload = true; ///< Also while the model has no capacity.
    };
    /// Looks for a key now, or queues up behind those who wait for the same.
    void look(const Manner &manner);

    /// A further key at once, that nobody waits for, or none: for a second attempt beside the running one.
    /// Of another project where there is one.
    std::optional<Lease> another();

    /// The key's own fault or quota it was: not asked again for this request.
    void blame(KeyId key) { m_blamed.push_back(key); }

    /// The request is over or needs no key any more: its place in line is free.
    void stop();

    bool isWaiting() const { return m_place != nullptr; }

private:
    AcquireRequest wanted() const;
    std::string lineName() const;
    bool mustQueueUp() const;
    bool isWorthWaiting(const Refusal &refusal) const;
    std::int64_t patienceMs() const;
    void tryNow();
    void refused(const Refusal &refusal);
    bool queueUp(const Refusal &refusal);
    void lookAgainIn(std::int64_t ms);
    void myTurn();
    void waitedLongEnough(std::uint64_t wait);
    Refusal queueIsFull() const;

    Surroundings m_around;
    KeyTarget m_target;
    std::vector<KeyId> m_tried;
    std::vector<KeyId> m_blamed; ///< Of these, those that were to blame.
    std::unique_ptr<WaitQueue::Place> m_place;
    Refusal m_refusal;            ///< The last one, told when the wait was in vain.
    std::int64_t m_waitEndMs = 0; ///< Of all the request's waits; 0: it has not waited.
    std::uint64_t m_wait = 0;     ///< Number of the present wait: old timers are out of date.
    int m_settlingWaits = 0;
    Manner m_manner;
};

} // namespace Gateway
