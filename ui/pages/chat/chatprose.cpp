#include "ui/pages/chat/chatprose.h"

#include <algorithm>
#include <cmath>

#include <QDesktopServices>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>
#include <QWheelEvent>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LINE_PERCENT = 140;
/// Larger pictures inside a text are not decoded.
constexpr qsizetype MAX_DATA_URL = 20 << 20;

/// A drawing (SVG) can name files, so it is none.
bool isOwnPicture(QStringView url)
{
    return url.startsWith("data:image/"_L1) && !url.startsWith("data:image/svg"_L1) && url.contains(u',') &&
           url.size() <= MAX_DATA_URL;
}

/// For what is not loaded: with an empty answer Qt would look for a file of that name.
QVariant nothing()
{
    QImage image(1, 1, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    return image;
}

/// Asks its text widget for pictures, wherever Qt would look for them.
class ProseDocument final : public QTextDocument
{
public:
    explicit ProseDocument(ChatProse *prose)
        : QTextDocument(prose)
        , m_prose(*prose)
    {
        setUndoRedoEnabled(false);
        setDocumentMargin(0);
        setDefaultFont(prose->font());
    }

protected:
    QVariant loadResource(int type, const QUrl &name) override { return m_prose.loadResource(type, name); }

private:
    ChatProse &m_prose;
};

void styleCode(QTextCursor &cursor, const QTextFragment &piece, const Tokens &tokens, const QFont &mono)
{
    cursor.setPosition(piece.position());
    cursor.setPosition(piece.position() + piece.length(), QTextCursor::KeepAnchor);
    QTextCharFormat format;
    format.setBackground(tokens.press);
    format.setFontFamilies(mono.families());
    format.setProperty(QTextFormat::FontPixelSize, mono.pixelSize());
    cursor.mergeCharFormat(format);
}

} // namespace

QFont chatFont(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Body);
    font.setPixelSize(qRound(font.pixelSize() * 14 / 13.0));
    return font;
}

ChatProse::ChatProse(const Theme &theme, Form form, QWidget *parent)
    : QTextBrowser(parent)
    , m_theme(theme)
    , m_form(form)
    , m_ink(&Tokens::text)
{
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    viewport()->setAutoFillBackground(false);
    connect(this, &QTextBrowser::anchorClicked, this, [](const QUrl &url) {
        if (isOpenable(url))
            QDesktopServices::openUrl(url);
    });
    // Who is to press a link sees where it leads.
    connect(this, qOverload<const QUrl &>(&QTextBrowser::highlighted), this,
            [this](const QUrl &url) { setToolTip(url.toDisplayString()); });
    connect(&theme, &Theme::changed, this, &ChatProse::retheme);
    retheme();
}

bool ChatProse::isOpenable(const QUrl &url)
{
    const QString scheme = url.scheme();
    return url.isValid() && (scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1);
}

void ChatProse::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    render();
}

void ChatProse::setInk(Role ink)
{
    m_ink = ink;
    retheme();
}

void ChatProse::retheme()
{
    setFont(chatFont(m_theme));
    QPalette own = palette();
    own.setColor(QPalette::Base, Qt::transparent);
    own.setColor(QPalette::Text, m_theme.tokens().*m_ink);
    own.setColor(QPalette::Link, m_theme.tokens().accentText);
    setPalette(own);
    render();
}

/// Into a document of its own: in one that is laid out each change costs as much as the whole list or table
/// it stands in.
void ChatProse::render()
{
    auto *fresh = new ProseDocument(this);
    if (m_form == Form::Plain) {
        fresh->setPlainText(m_text);
    } else {
        // Raw HTML is shown as it is written: a model's text is no page.
        fresh->setMarkdown(m_text, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                       QTextDocument::MarkdownNoHTML);
    }
    replacePictures(*fresh);
    styleBlocks(*fresh);
    const QTextDocument *before = m_document;
    m_document = fresh;
    setDocument(fresh);
    delete before;
    updateGeometry();
}

/// Pictures from elsewhere become links to them.
void ChatProse::replacePictures(QTextDocument &document) const
{
    struct Place
    {
        int position;
        int length;
        QTextImageFormat format;
    };
    std::vector<Place> places;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            const QTextFragment fragment = piece.fragment();
            const QTextImageFormat format = fragment.charFormat().toImageFormat();
            if (format.isValid() && !isOwnPicture(format.name()))
                places.push_back({fragment.position(), fragment.length(), format});
        }
    }
    QTextCursor cursor(&document);
    for (auto place = places.rbegin(); place != places.rend(); ++place) { // from the end, so that all stay
        const QString words = place->format.stringProperty(QTextFormat::ImageAltText);
        QTextCharFormat link;
        link.setAnchor(true);
        link.setAnchorHref(place->format.name());
        link.setForeground(m_theme.tokens().accentText);
        link.setFontUnderline(true);
        cursor.setPosition(place->position);
        cursor.setPosition(place->position + place->length, QTextCursor::KeepAnchor);
        cursor.insertText(words.isEmpty() ? place->format.name() : words, link);
    }
}

void ChatProse::styleBlocks(QTextDocument &document) const
{
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    const QFont mono = m_theme.font(TextStyle::Mono);
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        // In a cell the room of taller lines, which is all below them, would push the text up.
        const int percent = cursor.currentTable() ? 100 : LINE_PERCENT;
        format.setLineHeight(percent, QTextBlockFormat::ProportionalHeight);
        cursor.setBlockFormat(format);
        std::vector<QTextFragment> code;
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            if (piece.fragment().charFormat().fontFixedPitch())
                code.push_back(piece.fragment());
        }
        for (const QTextFragment &piece : code)
            styleCode(cursor, piece, m_theme.tokens(), mono);
    }
    for (QTextFrame *frame : document.rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(m_theme.tokens().border2);
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setCellPadding(6);
        format.setCellSpacing(0);
        table->setFormat(format);
    }
    cursor.endEditBlock();
}

int ChatProse::mark(const QString &words)
{
    QList<ExtraSelection> marks;
    if (!words.isEmpty()) {
        for (QTextCursor at = document()->find(words); !at.isNull(); at = document()->find(words, at)) {
            ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(m_theme.tokens().warnBg);
            mark.format.setForeground(m_theme.tokens().warnText);
            marks.append(mark);
        }
    }
    setExtraSelections(marks);
    return static_cast<int>(marks.size());
}

int ChatProse::heightForWidth(int width) const
{
    if (document()->textWidth() != width)
        document()->setTextWidth(width);
    return static_cast<int>(std::ceil(document()->size().height()));
}

int ChatProse::idealWidth() const
{
    const qreal before = document()->textWidth();
    document()->setTextWidth(-1);
    const int ideal = static_cast<int>(std::ceil(document()->idealWidth()));
    document()->setTextWidth(before);
    return ideal;
}

QVariant ChatProse::loadResource(int type, const QUrl &name)
{
    const QString url = name.toString(QUrl::FullyEncoded);
    const qsizetype comma = url.indexOf(u',');
    if (type != QTextDocument::ImageResource || !isOwnPicture(url))
        return nothing();
    const QByteArray body = QByteArray::fromPercentEncoding(url.mid(comma + 1).toLatin1());
    const bool isBase64 = QStringView(url).left(comma).endsWith(u";base64");
    const QImage image = QImage::fromData(isBase64 ? QByteArray::fromBase64(body) : body);
    return image.isNull() ? nothing() : QVariant(image);
}

/// The thread scrolls, not the text in it.
void ChatProse::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace Ui
