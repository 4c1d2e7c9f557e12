#include "ui/pages/requests/requestfilters.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QFrame>
#include <QHBoxLayout>
#include <QSignalBlocker>

#include "ui/pages/requests/requestmodel.h"
#include "ui/text/dialecttext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/searchfield.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;
constexpr qint64 HOUR = 60 * MINUTE;
/// Below this width the lists do not fit beside search and chips.
constexpr int FOLDS_BELOW = 900;
constexpr int POPOVER = 240;

/// Chooses the text, which is put in where the list has not heard of it.
void choose(QComboBox *box, const QString &text)
{
    if (box->findText(text) < 0)
        box->addItem(text, text);
    box->setCurrentText(text);
}

} // namespace

RequestFilters::RequestFilters(const PageParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_row(new QHBoxLayout(this))
    , m_search(new SearchField(parts.theme, tr("Search errors")))
    , m_all(new Chip(parts.theme, tr("All")))
    , m_failed(new Chip(parts.theme, tr("Failed")))
    , m_retried(new Chip(parts.theme, tr("Retried")))
    , m_lists(new QWidget)
    , m_listRow(new QHBoxLayout(m_lists))
    , m_more(new Button(parts.theme, Button::Kind::Ghost, u"filter"_s, {}))
    , m_popover(new QFrame(this, Qt::Popup))
{
    m_row->setContentsMargins(24, 0, 24, 12);
    m_row->setSpacing(8);
    m_search->setMinimumWidth(140);
    m_search->setMaximumWidth(220);
    m_row->addWidget(m_search, 2);
    m_listRow->setContentsMargins(0, 0, 0, 0);
    m_listRow->setSpacing(8);
    m_time = addCombo(tr("Time"), tr("Any time"));
    for (const auto &[text, ms] :
         {std::pair{tr("Last 15 min"), 15 * MINUTE}, std::pair{tr("Last hour"), HOUR},
          std::pair{tr("Last 24 h"), 24 * HOUR}, std::pair{tr("Last 7 d"), 7 * 24 * HOUR}})
        m_time->addItem(text, ms);
    m_failed->setDot(&Tokens::bad);
    m_retried->setDot(&Tokens::warn);
    auto *group = new QButtonGroup(this);
    for (Chip *chip : {m_all, m_failed, m_retried}) {
        group->addButton(chip);
        m_row->addWidget(chip);
    }
    m_all->setChecked(true);
    m_dialect = addCombo(tr("Dialect"), tr("Any dialect"));
    for (const Dialect dialect : {Dialect::OpenAi, Dialect::Gemini, Dialect::Anthropic, Dialect::Ollama})
        m_dialect->addItem(dialectText(dialect), static_cast<int>(dialect));
    m_model = addCombo(tr("Model"), tr("Any model"));
    m_token = addCombo(tr("Token"), tr("Any token"));
    m_slow = addCombo(tr("Duration"), tr("Any duration"));
    for (const int seconds : {1, 5, 10, 30, 60})
        m_slow->addItem(tr("%1 s or more").arg(seconds), seconds * 1000);
    makeMore();
    connect(m_search, &SearchField::searched, this, &RequestFilters::changed);
    connect(this, &RequestFilters::changed, this, &RequestFilters::showCount);
    connect(group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *, bool isOn) {
        if (isOn)
            Q_EMIT changed();
    });
    loadChoices();
}

void RequestFilters::makeMore()
{
    m_row->addWidget(m_lists, 4);
    m_row->addWidget(m_more);
    m_row->addStretch();
    m_more->setAccessibleName(tr("More filters"));
    m_more->setToolTip(m_more->accessibleName());
    m_more->hide();
    m_popover->setFrameShape(QFrame::StyledPanel);
    m_popover->setAccessibleName(m_more->accessibleName());
    auto *column = new QVBoxLayout(m_popover);
    column->setContentsMargins(12, 12, 12, 12);
    connect(m_more, &QAbstractButton::clicked, this, &RequestFilters::openMore);
}

/// What it needs folded: by the lists' own width it could never become narrow enough to fold.
QSize RequestFilters::minimumSizeHint() const
{
    QSize hint = QWidget::minimumSizeHint();
    if (!m_isFolded)
        hint.rwidth() -= m_lists->minimumSizeHint().width();
    return hint;
}

void RequestFilters::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setFolded(width() < FOLDS_BELOW);
}

void RequestFilters::setFolded(bool isFolded)
{
    if (isFolded == m_isFolded)
        return;
    m_isFolded = isFolded;
    m_popover->hide();
    m_listRow->setDirection(isFolded ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    if (isFolded)
        m_popover->layout()->addWidget(m_lists);
    else
        m_row->insertWidget(m_row->indexOf(m_more), m_lists, 4);
    m_lists->show();
    m_more->setVisible(isFolded);
    showCount();
}

void RequestFilters::openMore()
{
    m_popover->setFixedWidth(POPOVER);
    m_popover->adjustSize();
    const QPoint below = m_more->mapToGlobal(QPoint(m_more->width() - POPOVER, m_more->height() + 4));
    m_popover->move(below);
    m_popover->show();
    m_time->setFocus(Qt::PopupFocusReason);
}

/// How many of the lists in the pop-over narrow the requests, on its button.
void RequestFilters::showCount()
{
    int count = 0;
    for (const QComboBox *box : {m_time, m_dialect, m_model, m_token, m_slow})
        count += box->currentIndex() > 0 ? 1 : 0;
    m_more->setText(count > 0 ? QString::number(count) : QString());
    m_more->setToolTip(count > 0 ? tr("More filters: %n set", nullptr, count) : tr("More filters"));
}

QComboBox *RequestFilters::addCombo(const QString &name, const QString &any)
{
    auto *box = new QComboBox;
    box->setAccessibleName(name);
    box->addItem(any);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(6);
    m_listRow->addWidget(box, 1);
    connect(box, &QComboBox::activated, this, &RequestFilters::changed);
    return box;
}

void RequestFilters::loadChoices()
{
    m_parts.control.serving().models({this, [this](Result<std::vector<ModelView>> models) {
                                          for (const ModelView &model :
                                               models.value_or(std::vector<ModelView>())) {
                                              const QString name = QString::fromStdString(model.name);
                                              if (m_model->findText(name) < 0)
                                                  m_model->addItem(name, name);
                                          }
                                      }});
    m_parts.control.tokens().list({this, [this](Result<std::vector<TokenView>> tokens) {
                                       for (const TokenView &token :
                                            tokens.value_or(std::vector<TokenView>())) {
                                           const QString name = QString::fromStdString(token.settings.name);
                                           if (m_token->findText(name) < 0)
                                               m_token->addItem(name, name);
                                       }
                                   }});
}

RequestFilter RequestFilters::filter() const
{
    RequestFilter filter;
    if (const qint64 span = m_time->currentData().toLongLong(); span > 0)
        filter.fromMs = QDateTime::currentMSecsSinceEpoch() - span;
    if (m_fromMs > 0) {
        filter.fromMs = m_fromMs;
        filter.untilMs = m_untilMs;
    }
    if (m_dialect->currentIndex() > 0)
        filter.dialect = static_cast<Dialect>(m_dialect->currentData().toInt());
    filter.model = m_model->currentData().toString().toStdString();
    filter.token = m_token->currentData().toString().toStdString();
    filter.minDurationMs = m_slow->currentData().toLongLong();
    filter.keyId = m_keyId;
    filter.failedOnly = m_failed->isChecked();
    filter.retriedOnly = m_retried->isChecked();
    filter.errorText = m_search->text().trimmed().toStdString();
    return filter;
}

void RequestFilters::setKey(std::int64_t id, const QString &name)
{
    m_keyId = id;
    delete m_keyChip;
    m_keyChip = nullptr;
    if (id != 0) {
        m_keyChip = new Chip(m_parts.theme, tr("Key %1").arg(name));
        m_keyChip->setRemovable(true);
        m_row->insertWidget(1, m_keyChip);
        connect(m_keyChip, &QAbstractButton::clicked, this, [this] {
            QMetaObject::invokeMethod(
                this, [this] { setKey(0, {}); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT changed();
}

void RequestFilters::setSpan(qint64 fromMs, qint64 untilMs)
{
    m_fromMs = fromMs;
    m_untilMs = untilMs;
    delete m_spanChip;
    m_spanChip = nullptr;
    m_time->setVisible(fromMs == 0);
    if (fromMs != 0) {
        const QString from = QDateTime::fromMSecsSinceEpoch(fromMs).toString(u"HH:mm"_s);
        const QString until = QDateTime::fromMSecsSinceEpoch(untilMs).toString(u"HH:mm"_s);
        m_spanChip = new Chip(m_parts.theme, u"%1–%2"_s.arg(from, until));
        m_spanChip->setRemovable(true);
        m_row->insertWidget(1, m_spanChip);
        connect(m_spanChip, &QAbstractButton::clicked, this, [this] {
            QMetaObject::invokeMethod(
                this, [this] { setSpan(0, 0); }, Qt::QueuedConnection);
        });
    }
    Q_EMIT changed();
}

void RequestFilters::setModel(const QString &model)
{
    choose(m_model, model);
    Q_EMIT changed();
}

void RequestFilters::setToken(const QString &token)
{
    choose(m_token, token);
    Q_EMIT changed();
}

bool RequestFilters::isFiltered() const
{
    const RequestFilter now = filter();
    return now.fromMs != 0 || now.dialect || !now.model.empty() || !now.token.empty() ||
           now.minDurationMs > 0 || now.keyId != 0 || now.failedOnly || now.retriedOnly ||
           !now.errorText.empty();
}

void RequestFilters::clear()
{
    {
        const QSignalBlocker once(this);
        for (QComboBox *box : {m_time, m_dialect, m_model, m_token, m_slow})
            box->setCurrentIndex(0);
        m_search->clear();
        m_all->setChecked(true);
        setKey(0, {});
        setSpan(0, 0);
    }
    Q_EMIT changed();
}

void RequestFilters::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool RequestFilters::clearSearch()
{
    if (m_search->text().isEmpty())
        return false;
    m_search->clear();
    return true;
}

} // namespace Ui
