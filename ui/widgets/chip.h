#pragma once

#include <optional>

#include <QAbstractButton>

#include "ui/theme.h"

namespace Ui {

/// A filter that is on or off, with a dot and a count where these are known; or, removable, one that a click
/// takes away.
class Chip final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Chip)

public:
    Chip(const Theme &theme, const QString &text, QWidget *parent = nullptr);

    void setDot(Role role);
    /// -1: none. The chip never gets narrower by it.
    void setCount(qint64 count);
    void setRemovable(bool isRemovable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::optional<Role> m_dot;
    qint64 m_count = -1;
    bool m_isRemovable = false;
    mutable int m_widest = 0;
};

} // namespace Ui
