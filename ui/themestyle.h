#pragma once

#include <QProxyStyle>

namespace Ui {

class Theme;

/// Fusion with the theme's fields, combo boxes, spin boxes, check boxes, menus and scroll bars, so that plain
/// Qt widgets look like the rest.
class ThemeStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit ThemeStyle(const Theme &theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;

private:
    void drawField(const QStyleOption *option, QPainter *painter, bool isRaised) const;
    void drawRadio(const QStyleOption *option, QPainter *painter) const;
    void drawCombo(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawSpin(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawMenuItem(const QStyleOption *option, QPainter *painter) const;

    const Theme &m_theme;
};

} // namespace Ui
