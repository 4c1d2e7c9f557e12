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
    enum class Kind : std::uint8_t { Primary, Secondary, Ghost };

    /// `iconName` is a file of resources/icons without ".svg", or empty.
    Button(const Theme &theme, Kind kind, const QString &iconName, const QString &text,
           QWidget *parent = nullptr);

    void setIconName(const QString &iconName);

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
    void paintFocus(QPainter &painter) const;

    const Theme &m_theme;
    Kind m_kind;
    QString m_iconName;
};

} // namespace Ui
