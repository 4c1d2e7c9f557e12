#include "ui/widgets/searchfield.h"

#include <algorithm>

#include <QAction>
#include <QKeyEvent>
#include <QKeySequence>
#include <QPainter>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 32;
constexpr int WIDTH = 260;
constexpr int CAP_HEIGHT = 18;
constexpr int CAP_PADDING = 6;
constexpr int PAUSE_MS = 150;

QString capText()
{
    return QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText).replace(u'+', u' ');
}

} // namespace

SearchField::SearchField(const Theme &theme, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_clear(addAction(QIcon(), QLineEdit::TrailingPosition))
    , m_timer(new QTimer(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_clear->setText(tr("Clear the search"));
    m_clear->setToolTip(m_clear->text());
    m_clear->setVisible(false);
    m_timer->setSingleShot(true);
    m_timer->setInterval(PAUSE_MS);
    addAction(new QAction(this), QLineEdit::LeadingPosition);
    retheme();
    connect(&theme, &Theme::changed, this, &SearchField::retheme);
    connect(m_clear, &QAction::triggered, this, &QLineEdit::clear);
    connect(m_timer, &QTimer::timeout, this, [this] { Q_EMIT searched(text()); });
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_clear->setVisible(!text.isEmpty());
        if (text.isEmpty()) {
            m_timer->stop();
            Q_EMIT searched(text);
        } else {
            m_timer->start();
        }
    });
}

void SearchField::retheme()
{
    for (QAction *action : actions())
        action->setIcon(m_theme.icon(action == m_clear ? u"close"_s : u"search"_s, &Tokens::text3));
}

QSize SearchField::sizeHint() const
{
    return {WIDTH, std::max(HEIGHT, QLineEdit::sizeHint().height())};
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!text().isEmpty() || hasFocus() || !isEnabled())
        return;
    const QString cap = capText();
    const QFont font = m_theme.font(TextStyle::Caption);
    const int capWidth = QFontMetrics(font).horizontalAdvance(cap) + 2 * CAP_PADDING;
    const int room = width() - QFontMetrics(this->font()).horizontalAdvance(placeholderText()) - 44;
    if (room < capWidth)
        return;
    const int left = isLeftToRight() ? width() - capWidth - 7 : 7;
    const QRectF box(left + 0.5, (height() - CAP_HEIGHT) / 2 + 0.5, capWidth - 1, CAP_HEIGHT - 1);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.tokens().border);
    painter.setBrush(m_theme.tokens().sunken);
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(font);
    painter.setPen(m_theme.tokens().text3);
    painter.drawText(box, Qt::AlignCenter, cap);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_timer->stop();
        Q_EMIT searched(text());
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace Ui
