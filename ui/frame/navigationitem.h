#pragma once

#include <QAbstractButton>

#include "ui/widgets/pill.h"

namespace Ui {

/// A page's line in the side bar.
class NavigationItem final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NavigationItem)

public:
    NavigationItem(const Theme &theme, const QString &iconName, const QString &name, const QString &shortcut);

    void setBadge(const QString &text, PillKind kind);
    void setFolded(bool isFolded);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter) const;
    void describe();

    const Theme &m_theme;
    QString m_iconName;
    QString m_shortcut;
    QString m_badge;
    PillKind m_badgeKind = PillKind::Idle;
    bool m_isFolded = false;
};

} // namespace Ui
