#include "ui/pages/overview/topmodels.h"

#include <algorithm>

#include <QPainter>

#include "ui/text/format.h"
#include "ui/widgets/marks.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MOST = 6;
constexpr int BAR = 4;

} // namespace

TopModels::TopModels(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Top models"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TopModels::showModels(const std::vector<Gateway::UsageFigures> &models)
{
    m_models.assign(models.begin(), models.begin() + std::min<std::ptrdiff_t>(std::ssize(models), MOST));
    QStringList texts;
    for (const Gateway::UsageFigures &model : m_models)
        texts += u"%1: %2"_s.arg(QString::fromStdString(model.model), countText(model.sums.requests));
    setAccessibleDescription(texts.join(u", "_s));
    update();
}

int TopModels::rowHeight() const
{
    return QFontMetrics(m_theme.font(TextStyle::Body)).height() + 26;
}

QSize TopModels::sizeHint() const
{
    return {288, 4 * rowHeight()};
}

void TopModels::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = m_theme.font(TextStyle::Body);
    if (m_models.empty()) {
        painter.setFont(font);
        painter.setPen(tokens.text3);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("No requests in this period."));
        return;
    }
    font.setWeight(QFont::Medium);
    const QFontMetrics metrics(font);
    const auto most = std::max<qint64>(1, m_models.front().sums.requests);
    int top = 0;
    for (const Gateway::UsageFigures &model : m_models) {
        if (top + rowHeight() - 16 > height())
            break;
        const QString figure = countText(model.sums.requests);
        const int figureWidth = tabularWidth(figure, font);
        const QRect line(0, top, width(), metrics.height());
        painter.setFont(font);
        painter.setPen(tokens.text);
        painter.drawText(line.adjusted(isLeftToRight() ? 0 : figureWidth + 12, 0,
                                       isLeftToRight() ? -figureWidth - 12 : 0, 0),
                         Qt::AlignVCenter | Qt::AlignLeading,
                         metrics.elidedText(QString::fromStdString(model.model), Qt::ElideMiddle,
                                            width() - figureWidth - 12));
        painter.setPen(tokens.text2);
        drawTabular(painter, line, figure, m_theme.font(TextStyle::Body),
                    isLeftToRight() ? Qt::AlignRight : Qt::AlignLeft);
        const QRectF track(0, line.bottom() + 6, width(), BAR);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.track);
        painter.drawRoundedRect(track, BAR / 2.0, BAR / 2.0);
        const qreal filled = std::max<qreal>(BAR, track.width() * static_cast<qreal>(model.sums.requests) /
                                                      static_cast<qreal>(most));
        painter.setBrush(tokens.series);
        painter.drawRoundedRect(QRectF(isLeftToRight() ? 0 : width() - filled, track.top(), filled, BAR),
                                BAR / 2.0, BAR / 2.0);
        top += rowHeight();
    }
}

} // namespace Ui
