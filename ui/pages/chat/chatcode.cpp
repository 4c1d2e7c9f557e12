#include "ui/pages/chat/chatcode.h"

#include <cmath>
#include <cstdlib>

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QTextBlock>
#include <QTimer>
#include <QWheelEvent>

#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEAD = 32;
constexpr int FOOT = 4; ///< For the round corners.
constexpr int PADDING = 12;
constexpr int COPIED_MS = 2'000;

struct Named
{
    QLatin1StringView word;
    QLatin1StringView name;
    CodeLanguage language;
};

constexpr Named LANGUAGES[] = {
    {"python"_L1, "Python"_L1, CodeLanguage::Python},
    {"py"_L1, "Python"_L1, CodeLanguage::Python},
    {"json"_L1, "JSON"_L1, CodeLanguage::Json},
    {"jsonc"_L1, "JSON"_L1, CodeLanguage::Json},
    {"sh"_L1, "Shell"_L1, CodeLanguage::Shell},
    {"bash"_L1, "Bash"_L1, CodeLanguage::Shell},
    {"zsh"_L1, "Zsh"_L1, CodeLanguage::Shell},
    {"shell"_L1, "Shell"_L1, CodeLanguage::Shell},
    {"console"_L1, "Console"_L1, CodeLanguage::Shell},
    {"toml"_L1, "TOML"_L1, CodeLanguage::Toml},
    {"yaml"_L1, "YAML"_L1, CodeLanguage::Yaml},
    {"yml"_L1, "YAML"_L1, CodeLanguage::Yaml},
    {"cpp"_L1, "C++"_L1, CodeLanguage::Other},
    {"c++"_L1, "C++"_L1, CodeLanguage::Other},
    {"csharp"_L1, "C#"_L1, CodeLanguage::Other},
    {"js"_L1, "JavaScript"_L1, CodeLanguage::Other},
    {"javascript"_L1, "JavaScript"_L1, CodeLanguage::Other},
    {"ts"_L1, "TypeScript"_L1, CodeLanguage::Other},
    {"typescript"_L1, "TypeScript"_L1, CodeLanguage::Other},
    {"html"_L1, "HTML"_L1, CodeLanguage::Other},
    {"css"_L1, "CSS"_L1, CodeLanguage::Other},
    {"sql"_L1, "SQL"_L1, CodeLanguage::Other},
    {"xml"_L1, "XML"_L1, CodeLanguage::Other},
    {"text"_L1, {}, CodeLanguage::Plain},
    {"txt"_L1, {}, CodeLanguage::Plain},
    {"plaintext"_L1, {}, CodeLanguage::Plain},
};

const Named *named(const QString &name)
{
    for (const Named &language : LANGUAGES) {
        if (name.compare(language.word, Qt::CaseInsensitive) == 0)
            return &language;
    }
    return nullptr;
}

} // namespace

CodeLanguage codeLanguageOf(const QString &name)
{
    const Named *known = named(name);
    if (known)
        return known->language;
    return name.isEmpty() ? CodeLanguage::Plain : CodeLanguage::Other;
}

QString languageName(const QString &name)
{
    const Named *known = named(name);
    if (known && !known->name.isEmpty())
        return known->name;
    if (known || name.isEmpty())
        return ChatCode::tr("Text");
    return name.left(1).toUpper() + name.mid(1, 30);
}

ChatCode::ChatCode(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(new TextLabel(theme, TextStyle::Small, &Tokens::text2, this))
    , m_copy(new Button(theme, Button::Kind::Ghost, u"copy"_s, tr("Copy"), this))
    , m_clip(new QWidget(this))
    , m_view(new CodeView(theme, tr("Code"), m_clip))
    , m_copied(new QTimer(this))
{
    m_copy->setSmall(true);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->viewport()->installEventFilter(this);
    m_copied->setSingleShot(true);
    m_copied->setInterval(COPIED_MS);
    connect(m_copied, &QTimer::timeout, this, [this] {
        m_copy->setText(tr("Copy"));
        m_copy->setIconName(u"copy"_s);
    });
    connect(m_copy, &QPushButton::clicked, this, &ChatCode::copy);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ChatCode::setCode(const QString &code, const QString &language)
{
    if (language == m_language && !m_code.isEmpty() && code.startsWith(m_code)) {
        if (code.size() == m_code.size())
            return;
        QTextCursor cursor(m_view->document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(code.mid(m_code.size()));
    } else {
        m_view->setCode(code, codeLanguageOf(language));
    }
    m_code = code;
    m_language = language;
    m_name->setText(languageName(language));
    updateGeometry();
}

int ChatCode::mark(const QString &words)
{
    QList<QTextEdit::ExtraSelection> marks;
    if (!words.isEmpty()) {
        QTextDocument *document = m_view->document();
        for (QTextCursor at = document->find(words); !at.isNull(); at = document->find(words, at)) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(m_theme.tokens().warnBg);
            marks.append(mark);
        }
    }
    m_view->setExtraSelections(marks);
    return static_cast<int>(marks.size());
}

void ChatCode::copy()
{
    QApplication::clipboard()->setText(m_code);
    m_copy->setText(tr("Copied"));
    m_copy->setIconName(u"check"_s);
    m_copied->start();
}

/// Of a document without wrapping: its lines, and the bar below where one is wider than the room.
int ChatCode::codeHeight() const
{
    const int lines = m_view->document()->blockCount();
    const int lineHeight = static_cast<int>(std::ceil(
        m_view->document()->documentLayout()->blockBoundingRect(m_view->document()->begin()).height()));
    const bool isWide = m_view->horizontalScrollBar()->maximum() > 0;
    const int bar = isWide ? m_view->horizontalScrollBar()->sizeHint().height() : 0;
    return lines * lineHeight + 2 * static_cast<int>(m_view->document()->documentMargin()) + bar;
}

QSize ChatCode::sizeHint() const
{
    return {400, HEAD + codeHeight() + FOOT};
}

void ChatCode::resizeEvent(QResizeEvent *)
{
    const QSize copy = m_copy->sizeHint();
    const auto placed = [this](const QRect &area) {
        return QStyle::visualRect(layoutDirection(), rect(), area);
    };
    m_name->setGeometry(placed(QRect(PADDING, 0, width() - 3 * PADDING - copy.width(), HEAD)));
    m_copy->setGeometry(placed(QRect(width() - copy.width() - 8, (HEAD - 26) / 2, copy.width(), 26)));
    m_clip->setGeometry(1, HEAD, width() - 2, height() - HEAD - FOOT);
    m_view->setGeometry(m_clip->rect().adjusted(-1, -1, 1, 1));
}

void ChatCode::paintEvent(QPaintEvent *)
{
    constexpr qreal radius = 8;
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.code);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawLine(1, HEAD - 1, width() - 2, HEAD - 1);
}

/// Upright turns of the wheel are the thread's.
bool ChatCode::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        const auto *wheel = static_cast<QWheelEvent *>(event);
        if (std::abs(wheel->angleDelta().y()) >= std::abs(wheel->angleDelta().x())) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Ui
