#include "ui/widgets/marks.h"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QPainter>

#include "ui/text/format.h"

namespace Ui {

namespace {

constexpr int BAR = 4;
constexpr int PERCENT_WIDTH = 44;
constexpr int PITCH = 2;
constexpr qreal CELL = 1.4;
constexpr int STUB = 3;
constexpr int FOOT = 4;

int digitWidth(const QFontMetrics &metrics)
{
    int widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

int tabularWidth(const QString &text, const QFont &font)
{
    const QFontMetrics metrics(font);
    const int digit = digitWidth(metrics);
    int width = 0;
    for (const QChar letter : text)
        width += letter.isDigit() ? digit : metrics.horizontalAdvance(letter);
    return width;
}

void drawTabular(QPainter &painter, const QRect &area, const QString &text, const QFont &font,
                 Qt::Alignment alignment)
{
    const QFontMetrics metrics(font);
    const int digit = digitWidth(metrics);
    painter.setFont(font);
    int left = alignment & Qt::AlignRight ? area.right() + 1 - tabularWidth(text, font) : area.left();
    const int base = area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent();
    for (const QChar letter : text) {
        const int own = metrics.horizontalAdvance(letter);
        const int cell = letter.isDigit() ? digit : own;
        painter.drawText(left + (cell - own) / 2, base, QString(letter));
        left += cell;
    }
}

Role quotaRole(double share)
{
    if (share >= 0.95)
        return &Tokens::bad;
    return share >= 0.75 ? &Tokens::warn : &Tokens::series;
}

void paintQuota(QPainter &painter, const Theme &theme, const QRect &area, double share)
{
    const Tokens &tokens = theme.tokens();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const int width = std::max(8, area.width() - PERCENT_WIDTH);
    const QRectF track(area.left(), area.center().y() - BAR / 2 + 1, width, BAR);
    painter.setBrush(tokens.track);
    painter.drawRoundedRect(track, BAR / 2.0, BAR / 2.0);
    if (share > 0) {
        const qreal filled = std::max<qreal>(BAR, track.width() * std::min(share, 1.0));
        painter.setBrush(tokens.*quotaRole(share));
        painter.drawRoundedRect(QRectF(track.left(), track.top(), filled, BAR), BAR / 2.0, BAR / 2.0);
    }
    painter.setPen(share >= 0.95 ? tokens.badText : (share >= 0.75 ? tokens.warnText : tokens.text2));
    QFont font = theme.font(TextStyle::Caption);
    if (share >= 0.75)
        font.setWeight(QFont::Medium);
    drawTabular(painter, QRect(area.right() - PERCENT_WIDTH, area.top(), PERCENT_WIDTH, area.height()),
                percentText(share), font);
    painter.restore();
}

int stripWidth(int cells)
{
    return cells * PITCH;
}

int stripCellAt(int x, int cells)
{
    return x < 0 || x >= stripWidth(cells) ? -1 : x / PITCH;
}

void paintHistoryStrip(QPainter &painter, const Theme &theme, const QRect &area,
                       const std::vector<StripCell> &cells)
{
    const Tokens &tokens = theme.tokens();
    int most = 1;
    for (const StripCell &cell : cells)
        most = std::max(most, cell.calls);
    painter.save();
    const qreal bottom = area.bottom() + 1;
    qreal left = area.left();
    for (const StripCell &cell : cells) {
        const QRectF full(left, area.top(), CELL, area.height());
        left += PITCH;
        if (cell.calls == 0) {
            painter.fillRect(QRectF(full.left(), bottom - STUB, CELL, STUB), tokens.border2);
            continue;
        }
        // The square root keeps a quiet span visible beside a busy one.
        const qreal height =
            std::max<qreal>(FOOT, full.height() * std::sqrt(static_cast<qreal>(cell.calls) / most));
        painter.fillRect(QRectF(full.left(), bottom - height, CELL, height), tokens.ok);
        if (cell.failed > 0) {
            const qreal foot = std::max<qreal>(FOOT, height * cell.failed / cell.calls);
            painter.fillRect(QRectF(full.left(), bottom - foot, CELL, foot), tokens.bad);
        }
    }
    painter.restore();
}

} // namespace Ui
