#pragma once

#include <QObject>

#include "gateway/control/reply.h"
#include "gateway/control/values/usagestats.h"

namespace Gateway {

class Store;

/// Answers the sums over requests from the store's roll-up; `query` has both its times. The store answers in
/// the thread of `context`; both outlive the answer.
void readStats(Store &store, QObject &context, StatsQuery query, Reply<UsageStats> reply);

} // namespace Gateway
