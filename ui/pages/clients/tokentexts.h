#pragma once

#include <QString>

#include "gateway/control/values/tokenview.h"

namespace Ui {

// What is said of an access token; times in ms since 1970 UTC.

bool isExpired(const Gateway::TokenSettings &settings, qint64 nowMs);
/// Whether the gateway takes it now.
bool isTaken(const Gateway::TokenView &token, qint64 nowMs);

/// "…4c1e", or "–" when it is too short to show anything of itself.
QString tokenHintText(const Gateway::TokenView &token);
/// "any model", "gemini-2.5-flash, gemini-2.5-pro"
QString tokenModelsText(const Gateway::TokenSettings &settings);
/// The tightest in one phrase: "60 / min", "no limit".
QString tokenLimitText(const Gateway::TokenLimits &limits);
/// All of them, a line each; empty when there is none.
QString tokenLimitsText(const Gateway::TokenSettings &settings);
/// Requests of this UTC day.
qint64 tokenRequestsToday(const Gateway::TokenUse &use, qint64 nowMs);
/// "412 of 2,000", "11 requests"
QString tokenTodayText(const Gateway::TokenView &token, qint64 nowMs);
/// Of the day's requests from 0 to 1; below 0: no limit.
double tokenTodayShare(const Gateway::TokenView &token, qint64 nowMs);
/// "never", "31 Dec", "31 Dec 2027"
QString tokenExpiryText(const Gateway::TokenSettings &settings, qint64 nowMs);
/// The row as a sentence for screen readers.
QString tokenSentence(const Gateway::TokenView &token, qint64 nowMs);

} // namespace Ui
