#pragma once

#include <QString>

namespace Ui {

/// Figures and times as people read them, in the language of the windows.

/// "18,432"
QString countText(qint64 count);
/// "41.7 M", "18.4 k", "412"
QString shortCountText(qint64 count);
/// "0.84 s", "14.6 s", "2 min 5 s"; below 0: "–".
QString durationText(qint64 ms);
/// Millionths of a US dollar as "$0.0360" or "$63.20"; below 0: "–".
QString costText(qint64 microUsd);
/// "42 %"; below 0: "–". `share` from 0 to 1.
QString percentText(double share);
/// "8.7 KiB"
QString bytesText(qint64 bytes);

/// How long ago `ms` (since 1970 UTC) was: "now", "4 s ago", "18 min ago", "2 h ago", "9 d ago"; 0: "–".
QString agoText(qint64 ms, qint64 nowMs);
/// When something that waits until `ms` is back: "back in 0:42", from an hour on "back 14:37", on another day
/// "back Fri 09:00".
QString backText(qint64 ms, qint64 nowMs);
/// "3 d 4 h", "2 h 5 min", "40 s"
QString spanText(qint64 ms);
/// "14:35:08", on another day "24 Nov 14:35:08".
QString momentText(qint64 ms, qint64 nowMs);
/// "14:35:08.214", on another day "24 Nov 14:35:08.214".
QString exactMomentText(qint64 ms, qint64 nowMs);
/// "Thu 26 Nov 2026 14:35:08", for tool tips and panes.
QString fullMomentText(qint64 ms);

} // namespace Ui
