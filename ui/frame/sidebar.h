#pragma once

#include <map>

#include <QWidget>

#include "ui/frame/page.h"
#include "ui/widgets/pill.h"

class QButtonGroup;
class QVBoxLayout;

namespace Ui {

class NavigationItem;
class TextLabel;

/// The pages at the window's left; folded, only their icons.
class SideBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SideBar)

public:
    explicit SideBar(const Theme &theme, QWidget *parent = nullptr);

    /// Below the others, or (isAtFoot) at the foot.
    void addPage(PageId page, const QString &iconName, const QString &name, const QString &shortcut,
                 bool isAtFoot);
    void setCurrent(PageId page);
    /// Empty: none.
    void setBadge(PageId page, const QString &text, PillKind kind);
    void setFolded(bool isFolded);
    /// Puts the focus on the current page's item.
    void takeFocus();

Q_SIGNALS:
    void chosen(Ui::PageId page);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QButtonGroup *m_group;
    QVBoxLayout *m_upper;
    QVBoxLayout *m_lower;
    QWidget *m_brand;
    QWidget *m_words;
    std::map<PageId, NavigationItem *> m_items;
};

} // namespace Ui
