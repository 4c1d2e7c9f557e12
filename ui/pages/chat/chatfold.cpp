#include "ui/pages/chat/chatfold.h"

#include <algorithm>

#include <QPainter>
#include <QStyle>

#include "ui/pages/chat/chatprose.h"
#include "ui/text/format.h"
#include "ui/widgets/focusring.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEAD = 32;
constexpr int PADDING = 12;
constexpr int ICON = 14;

/// The line itself: icon, words, a first glance at the thoughts, chevron.
class FoldHead final : public QAbstractButton
{
public:
    FoldHead(const Theme &theme, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
    {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    void setGlance(const QString &glance)
    {
        m_glance = glance;
        update();
    }
    QSize sizeHint() const override { return {200, HEAD}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Tokens &tokens = m_theme.tokens();
        const auto placed = [this](int x, int width) {
            return QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, width, height()));
        };
        const auto icon = [&](const QString &name, int x) {
            painter.drawPixmap(placed(x, ICON).left(), (height() - ICON) / 2,
                               m_theme.pixmap(name, &Tokens::text2, ICON, devicePixelRatioF()));
        };
        icon(u"thought"_s, PADDING);
        icon(isChecked() ? u"chevron-down"_s : u"chevron-right"_s, width() - PADDING - ICON);
        QFont strong = m_theme.font(TextStyle::Small);
        strong.setWeight(QFont::Medium);
        painter.setFont(strong);
        painter.setPen(underMouse() ? tokens.text : tokens.text2);
        const int left = PADDING + ICON + 8;
        const int wide = QFontMetrics(strong).horizontalAdvance(text()) + 1;
        painter.drawText(placed(left, wide), Qt::AlignVCenter | Qt::AlignLeading, text());
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(tokens.text3);
        const int from = left + wide + 10;
        const int room = width() - from - 2 * PADDING - ICON;
        if (!isChecked() && room > 40)
            painter.drawText(placed(from, room), Qt::AlignVCenter | Qt::AlignLeading,
                             painter.fontMetrics().elidedText(m_glance, Qt::ElideRight, room));
        paintFocusRing(painter, m_theme, this, rect(), 7);
    }

private:
    const Theme &m_theme;
    QString m_glance;
};

/// The first words of the thoughts without Markdown's signs.
QString glanceOf(const QString &thoughts)
{
    QString line = thoughts.left(300).trimmed().section(u'\n', 0, 0);
    line.remove(u'*').remove(u'#').remove(u'`');
    return line.simplified();
}

} // namespace

ChatFold::ChatFold(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_head(new FoldHead(theme, this))
    , m_text(new ChatProse(theme, ChatProse::Form::Markdown, this))
{
    m_text->setInk(&Tokens::text2);
    m_text->hide();
    connect(m_head, &QAbstractButton::toggled, this, &ChatFold::setOpen);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChatFold::setThoughts(const QString &thoughts, qint64 thoughtMs, bool isThinking)
{
    m_head->setText(isThinking       ? tr("Thinking…")
                    : thoughtMs >= 0 ? tr("Thought for %1").arg(durationText(thoughtMs))
                                     : tr("Thoughts"));
    m_head->setAccessibleName(m_head->text());
    static_cast<FoldHead *>(m_head)->setGlance(isThinking ? QString() : glanceOf(thoughts));
    if (m_isOpen)
        m_text->setText(thoughts);
    else
        m_pending = thoughts; // rendered when somebody looks
}

void ChatFold::setOpen(bool isOpen)
{
    if (isOpen == m_isOpen)
        return;
    m_isOpen = isOpen;
    m_head->setChecked(isOpen);
    if (isOpen)
        m_text->setText(m_pending);
    m_text->setVisible(isOpen);
    Q_EMIT heightChanged();
}

int ChatFold::heightForWidth(int width) const
{
    return HEAD + (m_isOpen ? m_text->heightForWidth(width - 2 * PADDING) + PADDING : 0);
}

void ChatFold::resizeEvent(QResizeEvent *)
{
    m_head->setGeometry(0, 0, width(), HEAD);
    m_text->setGeometry(PADDING, HEAD, width() - 2 * PADDING, std::max(0, height() - HEAD - PADDING));
}

void ChatFold::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.tokens().border);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace Ui
