#include "ui/notices.h"

#include <utility>

#include <QCoreApplication>

using namespace Gateway;

namespace Ui {

namespace {

constexpr qint64 PAUSE_MS = 60'000;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

bool canAnswer(const GatewayStatus &status)
{
    return status.keysUsable > 0;
}

} // namespace

bool Notices::isDue(Preferences::Notice kind, qint64 nowMs)
{
    qint64 &told = m_told[static_cast<std::size_t>(kind)];
    if (told != 0 && nowMs - told < PAUSE_MS)
        return false;
    told = nowMs;
    return true;
}

std::optional<NoticeText> Notices::next(const GatewayStatus &status, qint64 nowMs)
{
    using State = GatewayStatus::State;
    using Notice = Preferences::Notice;
    const std::optional<GatewayStatus> before = std::exchange(m_before, status);
    if (status.state == State::NotServing && (!before || before->state != State::NotServing) &&
        isDue(Notice::GatewayStopped, nowMs))
        return NoticeText{Notice::GatewayStopped, Words::tr("The gateway does not serve"),
                          QString::fromStdString(status.reason)};
    // The first status is the start's: nothing has changed by it.
    if (!before || before->keysTotal == 0 || status.keysTotal == 0)
        return std::nullopt;
    if (canAnswer(*before) && !canAnswer(status) && isDue(Notice::AllResting, nowMs))
        return NoticeText{Notice::AllResting, Words::tr("No key can be used"),
                          Words::tr("Clients get 503 until one works again.")};
    const int more = status.keysSidelined - before->keysSidelined;
    if (more > 0 && isDue(Notice::KeySidelined, nowMs))
        return NoticeText{Notice::KeySidelined, Words::tr("%n keys were sidelined", nullptr, more),
                          Words::tr("Google does not take them. The others go on serving.")};
    return std::nullopt;
}

} // namespace Ui
