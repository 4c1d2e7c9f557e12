#pragma once

#include <memory>

#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class Control;
class Store;

/// The keys, tokens and settings of a store whose gateway does not run, behind the same facade. Whoever makes
/// it sees to it that no gateway works on the store meanwhile.
class OfflineGateway
{
public:
    /// Reads what the store has. `clock` must outlive this.
    static Result<std::unique_ptr<OfflineGateway>> open(SettingsPtr settings, std::unique_ptr<Store> store,
                                                        const Clock &clock);
    /// Writes what is queued.
    ~OfflineGateway();

    Control &control();

private:
    OfflineGateway();
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
