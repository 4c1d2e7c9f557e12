#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QObject>
#include <QThread>

#include "gateway/access/accesstable.h"
#include "gateway/common/audiolibrary.h"
#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/common/pricetable.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class AdminEvents;
class CheckDesk;
class Control;
class FailedAttempts;
class KeyPool;
class PauseGate;
class PromptCaches;
class ProxyPool;
class Recorder;
class Shelf;
class RunningResponses;
class WaitQueue;

/// What all workers share; outlives them.
struct WorkerShared
{
    SettingsPtr settings;
    const Clock &clock;
    KeyPool &pool;
    Recorder &recorder;
    KeyedMemory &owners;
    KeyedMemory &signatures;
    KeyedMemory &objects;
    WaitQueue &waits;
    ProxyPool &proxies;
    CheckDesk &checks;
    FailedAttempts &attempts;
    PauseGate &pause;
    Control &control;
    AdminEvents &events;
    std::shared_ptr<const AccessTable> access;
    PriceTablePtr prices;
    Shelf &shelf;
    RunningResponses &running;
    LoadAudioLibrary *audio = nullptr;
    PromptCaches *caches = nullptr;
};

/// One thread that answers: its share of the listening port, its connections, relays and calls to Google.
class Worker
{
public:
    /// Takes over the listening descriptors and serves when this returns. `checksKeys`: this worker also runs
    /// the background check of sidelined keys.
    Worker(const WorkerShared &shared, std::vector<int> listeners, bool isLoopback, bool checksKeys);
    /// Cuts what still runs and ends the thread.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// New settings, for all that comes from now on; what runs goes on under the old ones.
    void reconfigure(SettingsPtr settings);
    /// From now on these tokens are let in, and requests cost this. From any thread; done within a turn of
    /// the worker's loop. Each worker has pointers of its own, so that a request takes no lock and shares no
    /// count.
    void setAccess(std::shared_ptr<const AccessTable> access);
    void setPrices(PriceTablePtr prices);

    /// Closes the listeners and the idle connections; running answers go on. `drained` is called in the
    /// worker's thread once none runs.
    void stopAccepting(std::function<void()> drained);

private:
    class Room;

    QThread m_thread;
    QObject m_context;            ///< Lives in m_thread, to call into it.
    std::unique_ptr<Room> m_room; ///< Likewise; made and destroyed there.
};

} // namespace Gateway
