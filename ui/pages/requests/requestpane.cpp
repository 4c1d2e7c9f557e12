#include "ui/pages/requests/requestpane.h"

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/requests/attemptline.h"
#include "ui/pages/requests/requestagain.h"
#include "ui/pages/requests/requestcall.h"
#include "ui/pages/requests/requestmodel.h"
#include "ui/text/dialecttext.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/elidedtext.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 424;
constexpr int MINIMUM = 392;
constexpr int CODE_HEIGHT = 220;

/// "01JD8…K4"
QString shortId(const std::string &id)
{
    const QString text = QString::fromStdString(id);
    return text.size() <= 12 ? text : text.left(6) + u"…"_s + text.right(4);
}

void clear(QLayout *layout)
{
    while (const QLayoutItem *item = layout->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
}

} // namespace

RequestPane::RequestPane(const PageParts &parts, QWidget *parent)
    : DetailsPane(parts.theme, WIDTH, MINIMUM, parent)
    , m_parts(parts)
    , m_title(new TextLabel(parts.theme, TextStyle::Heading, &Tokens::text))
    , m_pill(new Pill(parts.theme))
    , m_when(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_facts(new QGridLayout)
    , m_bar(new TimeBar(parts.theme))
    , m_error(new TextLabel(parts.theme, TextStyle::Small, &Tokens::badText))
    , m_attempts(new QVBoxLayout)
    , m_which(new Segmented(parts.theme, tr("What was said"),
                            {tr("Request"), tr("Response"), tr("Sent to Google"), tr("Headers")}))
    , m_code(new CodeView(parts.theme, tr("What was said")))
    , m_noBodies(new QWidget)
    , m_againButton(new Button(parts.theme, Button::Kind::Secondary, u"refresh"_s, tr("Send again")))
    , m_again(new RequestAgain(parts.control, this))
{
    setAccessibleName(tr("Details of the request"));
    makeHeader();
    makeBody();
    makeFoot();
}

void RequestPane::makeHeader()
{
    const auto step = [this](const QString &icon, const QString &name, int by) {
        auto *button = new Button(m_parts.theme, Button::Kind::Ghost, icon, {});
        button->setAccessibleName(name);
        button->setToolTip(name);
        connect(button, &QAbstractButton::clicked, this, [this, by] { Q_EMIT stepRequested(by); });
        return button;
    };
    auto *words = new QVBoxLayout;
    words->setSpacing(6);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_pill);
    second->addWidget(m_when, 1);
    auto *first = new QHBoxLayout;
    first->setSpacing(4);
    auto *copy = new Button(m_parts.theme, Button::Kind::Ghost, u"copy"_s, {});
    copy->setSmall(true);
    copy->setAccessibleName(tr("Copy id"));
    copy->setToolTip(copy->accessibleName());
    connect(copy, &QAbstractButton::clicked, this,
            [this] { m_parts.shell.copy(QString::fromStdString(m_detail.request.id), false); });
    first->addWidget(m_title);
    first->addWidget(copy);
    first->addStretch();
    words->addLayout(first);
    words->addLayout(second);
    header()->addLayout(words, 1);
    header()->addWidget(step(u"chevron-up"_s, tr("Newer request"), -1), 0, Qt::AlignTop);
    header()->addWidget(step(u"chevron-down"_s, tr("Older request"), 1), 0, Qt::AlignTop);
}

void RequestPane::makeBody()
{
    m_facts->setHorizontalSpacing(16);
    for (int column = 0; column < 3; ++column)
        m_facts->setColumnStretch(column, 1);
    m_facts->setVerticalSpacing(10);
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *attempts = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    attempts->setText(tr("Attempts"));
    m_attempts->setSpacing(0);
    m_code->setMinimumHeight(CODE_HEIGHT);
    m_code->setLineNumbers(true);
    connect(m_which, &Segmented::chosen, this, &RequestPane::showBodies);

    auto *hint = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    hint->setText(tr("Headers and bodies are not kept. You can change this in Settings."));
    hint->setWordWrap(true);
    auto *open = new Button(m_parts.theme, Button::Kind::Link, {}, tr("Open setting"));
    open->setSmall(true);
    connect(open, &QAbstractButton::clicked, this,
            [this] { m_parts.shell.go({.page = PageId::Settings, .filter = u"RECORD_BODIES"_s}); });
    auto *row = new QHBoxLayout(m_noBodies);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(hint, 1);
    row->addWidget(open);

    auto *tabs = new QHBoxLayout;
    auto *copy = new Button(m_parts.theme, Button::Kind::Ghost, u"copy"_s, {});
    copy->setAccessibleName(tr("Copy what is shown"));
    copy->setToolTip(copy->accessibleName());
    connect(copy, &QAbstractButton::clicked, this,
            [this] { m_parts.shell.copy(m_code->toPlainText(), false); });
    tabs->addWidget(m_which);
    tabs->addStretch();
    tabs->addWidget(copy);
    body()->addLayout(m_facts);
    body()->addWidget(m_bar);
    body()->addWidget(m_error);
    body()->addWidget(attempts);
    body()->addLayout(m_attempts);
    body()->addLayout(tabs);
    body()->addWidget(m_noBodies);
    body()->addWidget(m_code, 1);
    body()->addStretch();
}

void RequestPane::makeFoot()
{
    auto *curl = new Button(m_parts.theme, Button::Kind::Secondary, u"terminal"_s, tr("Copy as curl"));
    connect(curl, &QAbstractButton::clicked, this, [this] {
        m_parts.shell.copy(asCurl(m_detail, QString::fromStdString(m_parts.control.status().address)), false);
    });
    connect(m_againButton, &QAbstractButton::clicked, this, &RequestPane::sendAgain);
    connect(m_again, &RequestAgain::answered, this, &RequestPane::tellAnswered);
    connect(m_again, &RequestAgain::failed, this, [this](const QString &reason) {
        showAgain();
        m_parts.shell.toast({.iconName = u"fail"_s, .text = tr("Not sent again: %1").arg(reason)});
    });
    foot()->addWidget(m_againButton);
    foot()->addWidget(curl);
    foot()->addStretch();
}

void RequestPane::showRequest(const RequestView &request)
{
    if (request.seq == seq() && isVisible())
        return;
    m_detail = {};
    m_detail.request = request;
    showDetail();
    load();
}

void RequestPane::load()
{
    m_parts.control.records().request(std::to_string(seq()),
                                      {this, [this, seq = seq()](Result<RequestDetail> detail) {
                                           if (seq != this->seq())
                                               return;
                                           if (detail) {
                                               m_detail = std::move(*detail);
                                               showDetail();
                                               nameKeys();
                                           } else {
                                               m_parts.shell.toastFailure(detail.error());
                                           }
                                       }});
}

void RequestPane::showDetail()
{
    const RequestView &request = m_detail.request;
    m_title->setText(tr("Request %1").arg(shortId(request.id)));
    m_title->setToolTip(QString::fromStdString(request.id));
    const bool isGood = request.status < 400 && request.error.empty();
    const QString status = QString::number(request.status);
    m_pill->setLook(
        {isGood ? PillKind::Ok : PillKind::Bad, isGood ? u"ok"_s : u"fail"_s,
         request.attempts > 1 ? tr("%1 after %n attempts", nullptr, request.attempts).arg(status) : status});
    m_when->setText(exactMomentText(request.timeMs, QDateTime::currentMSecsSinceEpoch()));
    m_when->setToolTip(fullMomentText(request.timeMs));
    m_bar->showRequest(m_detail);
    m_error->setText(QString::fromStdString(request.error));
    m_error->setVisible(!request.error.empty());
    showFacts();
    showAttempts();
    showBodies();
    showAgain();
}

void RequestPane::showFacts()
{
    clear(m_facts);
    const RequestView &request = m_detail.request;
    const auto text = [](const std::string &value) {
        return value.empty() ? u"–"_s : QString::fromStdString(value);
    };
    const auto count = [](qint64 value) { return value < 0 ? u"–"_s : countText(value); };
    const std::int64_t out = std::max<std::int64_t>(request.tokens.candidates, 0) +
                             std::max<std::int64_t>(request.tokens.thoughts, 0);
    const std::vector<std::pair<QString, QString>> facts = {
        {tr("Asked for"), text(request.modelAsked)},
        {tr("Used"), text(request.modelUsed)},
        {tr("Dialect"), dialectText(request.dialect)},
        {tr("Client token"), text(request.token)},
        {tr("Tokens in / out"),
         u"%1 / %2"_s.arg(count(request.tokens.prompt), count(request.tokens.candidates < 0 ? -1 : out))},
        {tr("Cost"), costText(request.costMicro)},
        {tr("Call"), text(request.method)},
        {tr("Bytes in / out"), u"%1 / %2"_s.arg(bytesText(request.bytesIn), bytesText(request.bytesOut))},
        {tr("From cache"), count(request.tokens.cached)},
    };
    for (std::size_t i = 0; i < facts.size(); ++i) {
        auto *name = new TextLabel(m_parts.theme, TextStyle::Caption, &Tokens::text3);
        name->setText(facts[i].first);
        auto *value = new ElidedText(m_parts.theme, TextStyle::Section, &Tokens::text);
        value->setText(facts[i].second);
        auto *cell = new QWidget;
        auto *column = new QVBoxLayout(cell);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(1);
        column->addWidget(name);
        column->addWidget(value);
        m_facts->addWidget(cell, static_cast<int>(i) / 3, static_cast<int>(i) % 3);
    }
}

void RequestPane::showAttempts()
{
    clear(m_attempts);
    const auto last = static_cast<int>(m_detail.attempts.size());
    for (int i = 0; i < last; ++i) {
        const AttemptRecord &attempt = m_detail.attempts[static_cast<std::size_t>(i)];
        QString key = m_keyNames[attempt.keyId];
        if (key.isEmpty() && attempt.keyId == m_detail.request.keyId)
            key = QString::fromStdString(m_detail.request.keyLabel);
        if (key.isEmpty())
            key = attempt.keyId == 0 ? tr("no key") : tr("key %1").arg(attempt.keyId);
        m_attempts->addWidget(new AttemptLine(m_parts.theme, i + 1, key, attempt, i + 1 == last));
    }
}

void RequestPane::nameKeys()
{
    KeyQuery query;
    for (const AttemptRecord &attempt : m_detail.attempts) {
        if (attempt.keyId != 0 && m_keyNames[attempt.keyId].isEmpty())
            query.ids.push_back(attempt.keyId);
    }
    if (query.ids.empty())
        return;
    m_parts.control.keys().list(query,
                                {this, [this](Result<KeyInfoPage> page) {
                                     if (!page)
                                         return;
                                     for (const KeyInfo &key : page->keys)
                                         m_keyNames[key.id] = QString::fromStdString(
                                             key.settings.label.empty() ? key.masked : key.settings.label);
                                     showAttempts();
                                 }});
}

void RequestPane::showBodies()
{
    m_noBodies->setVisible(!m_detail.hasBodies);
    m_code->setVisible(m_detail.hasBodies);
    if (!m_detail.hasBodies)
        return;
    const QByteArray request = QByteArray::fromStdString(m_detail.requestBody);
    switch (m_which->current()) {
    case 0:
        m_code->setJson(request);
        break;
    case 1:
        m_code->setJson(QByteArray::fromStdString(m_detail.responseBody));
        break;
    case 2: // in Gemini's own dialect the client's body goes on as it is
        m_code->setJson(m_detail.sentBody.empty() && m_detail.request.dialect == Dialect::Gemini
                            ? request
                            : QByteArray::fromStdString(m_detail.sentBody));
        break;
    default:
        m_code->setCode(
            QString::fromStdString(m_detail.requestHead + "\n\n" + m_detail.responseHead).trimmed(),
            CodeLanguage::Plain);
    }
}

void RequestPane::showAgain()
{
    const QString reason = whyNotAgain(m_detail);
    m_againButton->setText(m_again->isRunning() ? tr("Sending…") : tr("Send again"));
    m_againButton->setEnabled(reason.isEmpty() && !m_again->isRunning());
    m_againButton->setToolTip(reason.isEmpty() ? tr("Sends the same request to the gateway once more")
                                               : reason);
}

void RequestPane::sendAgain()
{
    m_again->send(callOf(m_detail));
    showAgain();
}

void RequestPane::tellAnswered(int status, const QString &id, qint64 elapsedMs)
{
    showAgain();
    ToastText toast{.iconName = status < 400 ? u"ok"_s : u"fail"_s,
                    .text =
                        tr("Sent again: %1 after %2").arg(QString::number(status), durationText(elapsedMs))};
    if (!id.isEmpty()) {
        toast.actText = tr("Show");
        toast.act = [&shell = m_parts.shell, id] { shell.go({.page = PageId::Requests, .filter = id}); };
    }
    m_parts.shell.toast(std::move(toast));
}

} // namespace Ui
