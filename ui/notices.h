#pragma once

#include <array>
#include <optional>

#include <QString>

#include "gateway/control/control.h"
#include "ui/preferences.h"

namespace Ui {

/// What the desktop is to be told.
struct NoticeText
{
    Preferences::Notice kind;
    QString title;
    QString text;
};

/// Decides from one status to the next whether something is worth a notice; of each kind at most one a
/// minute.
class Notices
{
public:
    std::optional<NoticeText> next(const Gateway::GatewayStatus &status, qint64 nowMs);

private:
    bool isDue(Preferences::Notice kind, qint64 nowMs);

    std::optional<Gateway::GatewayStatus> m_before;
    std::array<qint64, 3> m_told{};
};

} // namespace Ui
