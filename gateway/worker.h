#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include <QThread>

#include "gateway/access/accesstable.h"
#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class KeyPool;
class Recorder;

/// What all workers share; outlives them.
struct WorkerShared
{
    SettingsPtr settings;
    const Clock &clock;
    KeyPool &pool;
    Recorder &recorder;
    KeyedMemory &owners;
    KeyedMemory &signatures;
    std::shared_ptr<const AccessTable> access;
};

/// One thread that answers: its share of the listening port, its connections, relays and calls to Google.
class Worker
{
public:
    /// `listener` is a listening descriptor, taken over. `checksKeys`: this worker also runs the background
    /// check.
    Worker(const WorkerShared &shared, int listener, bool checksKeys);
    /// Cuts what still runs and ends the thread.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Closes the listener and the idle connections; running answers go on. `drained` is called in the
    /// worker's thread once none runs.
    void stopAccepting(std::function<void()> drained);

private:
    class Room;

    QThread m_thread;
    Room *m_room = nullptr; ///< Lives in m_thread.
};

} // namespace Gateway
