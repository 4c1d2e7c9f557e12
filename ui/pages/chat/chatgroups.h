#pragma once

#include <QString>

namespace Ui {

/// Under which heading a conversation stands that was last used at `ms` (since 1970 UTC, local days):
/// "Today", "Yesterday", "This week", else its month, with the year when that is another.
QString chatGroup(qint64 ms, qint64 nowMs);

/// When, as its row shows it: "14:31" today and yesterday, "Thu" this week, else "12 Oct".
QString chatMoment(qint64 ms, qint64 nowMs);

} // namespace Ui
