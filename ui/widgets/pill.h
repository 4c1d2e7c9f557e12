#pragma once

#include <cstdint>

#include <QWidget>

#include "ui/theme.h"

class QPainter;

namespace Ui {

/// The meaning of a pill, which gives its colours.
enum class PillKind : std::uint8_t { Ok, Warn, Bad, Idle, Accent };

/// Ink (icon and text) and ground of a kind.
Role pillInk(PillKind kind);
Role pillGround(PillKind kind);

struct PillLook
{
    PillKind kind = PillKind::Idle;
    QString iconName; ///< Of resources/icons, or empty.
    QString text;
};

/// How large a pill of this look is, in logical pixels.
QSize pillSize(const Theme &theme, const PillLook &look);

/// Paints the pill with its left (right to left: right) middle at that side of `area`, for delegates.
void paintPill(QPainter &painter, const Theme &theme, const PillLook &look, const QRect &area,
               Qt::LayoutDirection direction = Qt::LeftToRight);

/// A state in a word, a sign and a colour.
class Pill final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Pill)

public:
    explicit Pill(const Theme &theme, QWidget *parent = nullptr);

    void setLook(const PillLook &look);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    PillLook m_look;
};

} // namespace Ui
