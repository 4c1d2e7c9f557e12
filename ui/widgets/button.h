#pragma once

#include <cstdint>

#include <QPushButton>

#include "ui/theme.h"

namespace Ui {

/// The theme's button: with a text, an icon or both. One primary a page.
class Button : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Button)

public:
    enum class Kind : std::uint8_t {
        Primary,
        Secondary,
        Danger,       ///< Red words; its ground only under the mouse.
        DangerFilled, ///< In a dialog that asks before what cannot be undone.
        Ghost,
        Tonal, ///< A ghost that can be on; checkable.
        Link,
    };

    /// `iconName` is a file of resources/icons without ".svg", or empty.
    Button(const Theme &theme, Kind kind, const QString &iconName, const QString &text,
           QWidget *parent = nullptr);

    void setIconName(const QString &iconName);
    /// 28 pixels high instead of 32: in cards, bars and next to chips.
    void setSmall(bool isSmall);
    void setKind(Kind kind);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Colors
    {
        QColor ground, outline;
        Role ink;
    };
    Colors colors() const;
    Colors filled(const QColor &rest, const QColor &hover, const QColor &press) const;
    QFont buttonFont() const;
    void paintFocus(QPainter &painter) const;

    const Theme &m_theme;
    Kind m_kind;
    QString m_iconName;
    bool m_isSmall = false;
};

} // namespace Ui
