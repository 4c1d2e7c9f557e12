#include "ui/pages/keys/keyerrors.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "ui/pages/keys/keywords.h"
#include "ui/pages/keys/smallmono.h"
#include "ui/text/format.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int SHOWN = 5;

/// Google's messages have long addresses in them, which may go over several lines.
QString breakable(const QString &text)
{
    static const QRegularExpression joint(u"([/?&=_.-])(?=\\S{12})"_s);
    return QString(text).replace(joint, u"\\1\u200b"_s);
}

} // namespace

KeyErrors::KeyErrors(const Theme &theme, Control &control, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_control(control)
    , m_list(new QVBoxLayout(this))
{
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(2);
}

void KeyErrors::showKey(const KeyInfo &key)
{
    const bool isOther = key.id != m_id;
    if (!isOther && key.failedCalls == m_failedCalls && key.lastErrorMs == m_lastErrorMs)
        return;
    m_id = key.id;
    m_failedCalls = key.failedCalls;
    m_lastError = key.lastError;
    m_lastErrorMs = key.lastErrorMs;
    if (isOther)
        empty();
    ask();
}

void KeyErrors::ask()
{
    RequestQuery query;
    query.filter.keyId = m_id;
    query.filter.failedOnly = true;
    query.limit = SHOWN;
    m_control.records().requests(
        query, {this, [this, id = m_id](Result<RequestViewPage> page) {
                    if (id != m_id)
                        return;
                    std::vector<Fault> faults;
                    for (const RequestView &request : page ? page->requests : std::vector<RequestView>())
                        faults.push_back({request.status, QString::fromStdString(request.error),
                                          request.timeMs + request.durationMs});
                    showFaults(faults);
                }});
}

void KeyErrors::empty()
{
    while (QLayoutItem *old = m_list->takeAt(0)) {
        if (old->widget())
            old->widget()->deleteLater();
        delete old;
    }
}

void KeyErrors::showFaults(const std::vector<Fault> &faults)
{
    empty();
    // What a check met is no request, and a request may have been answered by another key after all.
    const bool isNews =
        !m_lastError.empty() && (faults.empty() || faults.front().atMs + 1000 < m_lastErrorMs);
    if (isNews)
        addFault({0, QString::fromStdString(m_lastError), m_lastErrorMs});
    for (const Fault &fault : faults)
        addFault(fault);
    if (m_list->count() > 0)
        return;
    auto *none = new TextLabel(m_theme, TextStyle::Small, &Tokens::text3);
    none->setText(tr("No failed request is on record."));
    m_list->addWidget(none);
}

void KeyErrors::addFault(const Fault &fault)
{
    ErrorWords words = errorWords(fault.error);
    if (fault.status > 0 && !words.code.startsWith(QString::number(fault.status)))
        words.code = u"%1 %2"_s.arg(fault.status).arg(words.code).trimmed();
    auto *entry = new QWidget;
    auto *column = new QVBoxLayout(entry);
    column->setContentsMargins(0, 0, 0, 6);
    column->setSpacing(1);
    auto *head = new QHBoxLayout;
    TextLabel *code = smallMonoLabel(m_theme, &Tokens::badText);
    code->setText(words.code);
    code->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *age = new TextLabel(m_theme, TextStyle::Caption, &Tokens::text3);
    age->setText(agoText(fault.atMs, QDateTime::currentMSecsSinceEpoch()));
    age->setToolTip(fullMomentText(fault.atMs));
    head->addWidget(code, 1);
    head->addWidget(age);
    column->addLayout(head);
    if (!words.message.isEmpty()) {
        auto *message = new TextLabel(m_theme, TextStyle::Small, &Tokens::text2);
        message->setTextFormat(Qt::PlainText);
        message->setWordWrap(true);
        message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        message->setText(breakable(words.message));
        column->addWidget(message);
    }
    m_list->addWidget(entry);
}

} // namespace Ui
