#pragma once

#include <array>
#include <cstdint>

#include "gateway/control/control.h"
#include "ui/pages/overview/statcard.h"

namespace Ui {

enum class Period : std::uint8_t { Minute, Hour, Day, Week, Month };

/// What to ask for, so that the curve has some 30 points.
Gateway::StatsQuery periodQuery(Period period, qint64 nowMs);

/// The six figures of the overview in their order: requests, success rate, p95 duration, time to first token,
/// tokens, cost.
std::array<StatFigure, 6> periodFigures(const Gateway::UsageStats &stats);

} // namespace Ui
