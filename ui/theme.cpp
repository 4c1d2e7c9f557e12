#include "ui/theme.h"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QPixmapCache>
#include <QStyle>
#include <QSvgRenderer>

#include "ui/themestyle.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Measure
{
    int pixels;
    QFont::Weight weight;
};

constexpr Measure measureOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Title:
        return {20, QFont::DemiBold};
    case TextStyle::Figure:
        return {22, QFont::DemiBold};
    case TextStyle::Heading:
        return {15, QFont::DemiBold};
    case TextStyle::Section:
        return {13, QFont::DemiBold};
    case TextStyle::Body:
    case TextStyle::Mono:
        return {13, QFont::Normal};
    case TextStyle::Small:
        return {12, QFont::Normal};
    case TextStyle::Caption:
        return {11, QFont::Normal};
    }
    return {13, QFont::Normal};
}

/// How much larger than usual the user wants texts; never smaller, for 11 px is the least that is read well.
qreal fontScale()
{
    constexpr qreal usualPoints = 10;
    return std::max(1.0, QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF() / usualPoints);
}

QPixmap rendered(const QByteArray &svg, int size, qreal devicePixelRatio)
{
    QSvgRenderer renderer(svg);
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QByteArray resourceOf(const QString &name)
{
    QFile file(":/icons/"_L1 + name + ".svg"_L1);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Theme::Theme(Choice choice, QObject *parent)
    : QObject(parent)
    , m_choice(choice)
    , m_tokens(&lightTokens())
{
    QApplication::setStyle(new ThemeStyle(*this));
    apply();
    qApp->installEventFilter(this);
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    m_isApplying = true;
    QApplication::setPalette(QPalette()); // lets the system's own shine through, to be looked at
    const bool dark =
        m_choice == Choice::Dark || (m_choice == Choice::System && isDark(QApplication::palette()));
    m_tokens = dark ? &darkTokens() : &lightTokens();
    QApplication::setPalette(paletteOf(*m_tokens));
    QApplication::setFont(font(TextStyle::Body));
    m_isApplying = false;
    Q_EMIT changed();
}

QFont Theme::font(TextStyle style) const
{
    const Measure measure = measureOf(style);
    QFont font = QFontDatabase::systemFont(style == TextStyle::Mono ? QFontDatabase::FixedFont
                                                                    : QFontDatabase::GeneralFont);
    font.setPixelSize(qRound(measure.pixels * fontScale()));
    font.setWeight(measure.weight);
    return font;
}

QPixmap Theme::pixmap(const QString &name, Role role, int size, qreal devicePixelRatio) const
{
    const QString color = (tokens().*role).name();
    const QString cacheKey = u"gb:%1:%2:%3:%4"_s.arg(name, color).arg(size).arg(devicePixelRatio);
    QPixmap pixmap;
    if (!QPixmapCache::find(cacheKey, &pixmap)) {
        // Qt hands no colour in, so the word in the drawing is replaced by it.
        pixmap = rendered(resourceOf(name).replace("currentColor", color.toLatin1()), size, devicePixelRatio);
        QPixmapCache::insert(cacheKey, pixmap);
    }
    return pixmap;
}

QIcon Theme::icon(const QString &name, Role role) const
{
    QIcon icon;
    for (const int size : {16, 18, 20, 24}) {
        for (const qreal ratio : {1.0, 2.0})
            icon.addPixmap(pixmap(name, role, size, ratio));
    }
    return icon;
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    const bool isSystemChange = event->type() == QEvent::ThemeChange ||
                                (event->type() == QEvent::ApplicationPaletteChange && watched == qApp &&
                                 QApplication::palette().color(QPalette::Window) != tokens().window);
    if (isSystemChange && !m_isApplying && m_choice == Choice::System)
        QMetaObject::invokeMethod(this, &Theme::apply, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256})
        icon.addPixmap(rendered(resourceOf(size < 48 ? u"app-icon-small"_s : u"app-icon"_s), size, 1.0));
    return icon;
}

} // namespace Ui
