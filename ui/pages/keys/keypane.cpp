#include "ui/pages/keys/keypane.h"

#include <algorithm>
#include <numeric>

#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QTimer>

#include "ui/frame/shell.h"
#include "ui/pages/keys/daychart.h"
#include "ui/pages/keys/keyeditdialog.h"
#include "ui/pages/keys/keyerrors.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/pages/keys/modelrows.h"
#include "ui/pages/keys/namefield.h"
#include "ui/pages/keys/secretrow.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HISTORY_EVERY_MS = 15'000;
constexpr std::int64_t MINUTE = 60'000;
constexpr std::int64_t HOUR = 60 * MINUTE;

std::int64_t total(const std::vector<std::int64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

} // namespace

void KeyPane::showKey(KeyId id)
{
    if (id == m_key.id)
        return;
    const KeyInfo *known = m_model.find(id);
    m_key = {};
    m_historyMs = 0;
    m_chart->clear();
    m_calls->clear();
    m_failed->clear();
    m_lately->clear();
    m_models->setModels({});
    if (!known)
        return;
    showInfo(*known);
    ask();
    askForHistory();
}

void KeyPane::editName()
{
    m_name->edit();
}

void KeyPane::ask()
{
    KeyQuery query;
    query.ids = {m_key.id};
    query.withModels = true;
    m_parts.control.keys().list(query, {this, [this, id = m_key.id](Result<KeyInfoPage> page) {
                                            if (id != m_key.id || !page || page->keys.empty())
                                                return;
                                            showInfo(page->keys.front());
                                            m_models->setModels(m_key.models);
                                            m_models->setVisible(!m_key.models.empty());
                                            m_noModels->setVisible(m_key.models.empty());
                                        }});
}

void KeyPane::askForHistory()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    if (m_key.id == 0 || now - m_historyMs < HISTORY_EVERY_MS)
        return;
    m_historyMs = now;
    const auto taken = [this, id = m_key.id](void (KeyPane::*taker)(const KeyHistory &)) {
        return Reply<std::vector<KeyHistory>>(this,
                                              [this, id, taker](Result<std::vector<KeyHistory>> history) {
                                                  if (id == m_key.id && history && !history->empty())
                                                      (this->*taker)(history->front());
                                              });
    };
    constexpr int hours = 24;
    constexpr int minutes = 60;
    m_parts.control.keys().history({m_key.id}, HOUR, hours, taken(&KeyPane::showDay));
    m_parts.control.keys().history({m_key.id}, MINUTE, minutes, taken(&KeyPane::showMinutes));
}

void KeyPane::showDay(const KeyHistory &day)
{
    const std::int64_t failed = total(day.failed);
    m_calls->setText(countText(total(day.calls)));
    m_failed->setText(tr("%1 failed").arg(countText(failed)));
    m_failed->setVisible(failed > 0);
    m_chart->setHistory(day);
}

void KeyPane::showMinutes(const KeyHistory &minutes)
{
    const auto last = [](const std::vector<std::int64_t> &counts) {
        return counts.empty() ? 0 : counts.back();
    };
    m_lately->setText(tr("Last hour: %1 calls, %2 failed. Last minute: %3, %4 failed.")
                          .arg(countText(total(minutes.calls)), countText(total(minutes.failed)),
                               countText(last(minutes.calls)), countText(last(minutes.failed))));
}

void KeyPane::showInfo(const KeyInfo &key)
{
    std::vector<KeyModelInfo> models = key.models.empty() ? std::move(m_key.models) : key.models;
    m_key = key;
    m_key.models = std::move(models);
    m_name->showName(QString::fromStdString(key.settings.label), QString::fromStdString(key.masked));
    m_secret->showKey(key);
    m_errors->showKey(key);
    showState();
    showSettings();
}

void KeyPane::showState()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_pill->setLook(KeyWords::pill(m_key.status));
    m_back->setText(KeyWords::reason(m_key, now));
    const bool hasReason = m_key.status == KeyStatus::Sidelined && !m_key.reason.empty();
    m_reason->setText(hasReason ? QString::fromStdString(m_key.reason) : QString());
    m_reason->setVisible(hasReason);
}

void KeyPane::showEvent(QShowEvent *event)
{
    DetailsPane::showEvent(event);
    m_tick->start();
}

void KeyPane::hideEvent(QHideEvent *event)
{
    DetailsPane::hideEvent(event);
    m_tick->stop();
}

void KeyPane::rename(const QString &label)
{
    KeyPatch patch;
    patch.label = label.toStdString();
    m_parts.control.keys().patch({m_key.id}, patch, {this, [this](Result<std::vector<KeyInfo>> keys) {
                                                         if (!keys)
                                                             m_parts.shell.toastFailure(keys.error());
                                                         ask();
                                                     }});
}

void KeyPane::edit()
{
    auto *dialog = new KeyEditDialog(m_parts, m_key, m_model.projects(), window());
    dialog->open();
}

void KeyPane::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_acts.fillMenu(menu, {m_key.id});
    menu->popup(m_more->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

} // namespace Ui
