#include "ui/pages/chat/chatkeyfinder.h"

#include <utility>

#include <QTimer>

using namespace Gateway;

namespace Ui {

namespace {

constexpr int FIRST_DELAY_MS = 200;
constexpr int LAST_DELAY_MS = 4'000;

} // namespace

ChatKeyFinder::ChatKeyFinder(Control &control, const QString &requestId,
                             std::function<void(const QString &)> found, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_requestId(requestId.toStdString())
    , m_found(std::move(found))
    , m_delayMs(FIRST_DELAY_MS)
{
    askLater();
}

void ChatKeyFinder::askLater()
{
    QTimer::singleShot(m_delayMs, this, &ChatKeyFinder::ask);
}

void ChatKeyFinder::ask()
{
    m_control.records().request(
        m_requestId,
        Reply<RequestDetail>{this, [this](const Result<RequestDetail> &detail) {
                                 m_delayMs *= 2;
                                 if (!detail && detail.error().status == 404 && m_delayMs <= LAST_DELAY_MS)
                                     return askLater();
                                 if (detail && !detail->request.keyLabel.empty())
                                     m_found(QString::fromStdString(detail->request.keyLabel));
                                 deleteLater();
                             }});
}

} // namespace Ui
