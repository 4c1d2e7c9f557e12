#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/gatewaystatus.h"

namespace Gateway {

template <typename Visitor, MaybeConst<GatewayStatus> Self>
void describe(Visitor &visit, Self &self)
{
    visit("state", self.state);
    visit("address", self.address);
    visit("reason", self.reason);
    visit("version", self.version);
    visit("pausedUntil", self.pausedUntilMs);
    visit("started", self.startedMs);
    visit("uptimeMs", self.uptimeMs);
    visit("keysTotal", self.keysTotal);
    visit("keysUsable", self.keysUsable);
    visit("keysResting", self.keysResting);
    visit("keysSidelined", self.keysSidelined);
    visit("keysDisabled", self.keysDisabled);
    visit("running", self.running);
    visit("queueLength", self.queueLength);
    visit("queueOldestMs", self.queueOldestMs);
    visit("restartsPending", self.restartsPending);
}

GW_JSON_FORM(GatewayStatus)

} // namespace Gateway
