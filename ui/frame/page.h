#pragma once

#include <cstdint>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

class QHBoxLayout;
class QVBoxLayout;

namespace Ui {

class Desktop;
class Preferences;
class Shell;
class TextLabel;

/// The pages in the order of the side bar; Settings stands at its foot.
enum class PageId : std::uint8_t { Overview, Keys, Requests, Log, Clients, Chat, Settings };

/// Where to go within the window. What a page does not know it passes over.
struct Target
{
    PageId page = PageId::Overview;
    /// Keys: "usable", "resting", "sidelined", "disabled"; Settings: a setting's name; Requests: the id of
    /// one.
    QString filter = {};
    qint64 id = 0;         ///< Requests: of this key; Keys: this one; Clients: this token.
    qint64 fromMs = 0;     ///< Requests: that came from then, ms since 1970 UTC; 0: any.
    qint64 untilMs = 0;    ///< Requests: and before this.
    bool makesNew = false; ///< As Ctrl+N does, once it is open.
};

/// What every page is made with. All of it outlives the page.
struct PageParts
{
    const Theme &theme;
    Gateway::Control &control;
    Shell &shell;
    Preferences *preferences = nullptr; ///< Null in tests that need none.
    Desktop *desktop = nullptr;         ///< Likewise.
};

/// A page of the window: a header with title, a remark beside it and buttons at the right, and what the
/// sub-class puts below. Pages are made when they are first shown, and anew when the language changes.
class Page : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Page)

public:
    Page(const PageParts &parts, const QString &title, QWidget *parent = nullptr);

    /// Something of this page is to be shown.
    virtual void goTo(const Target &target);
    /// Ctrl+F, Ctrl+N, F5 and F1 where the page has a meaning for them.
    virtual void focusSearch();
    virtual void makeNew();
    virtual void refresh();
    /// Esc: closes the pane, else clears the search, else the selection; false when there was none of it.
    virtual bool escape();
    /// F6: its areas in their order; the window moves the focus from one to the next.
    virtual QList<QWidget *> areas() const;

protected:
    const Theme &theme() const { return m_parts.theme; }
    Gateway::Control &control() const { return m_parts.control; }
    Shell &shell() const { return m_parts.shell; }
    const PageParts &parts() const { return m_parts; }

    /// Beside the title: "42 keys in 5 projects".
    void setRemark(const QString &text);
    /// The header's right side.
    QHBoxLayout *actions() const { return m_actions; }
    /// Below the header, without margins.
    QVBoxLayout *body() const { return m_body; }

private:
    PageParts m_parts;
    TextLabel *m_remark;
    QHBoxLayout *m_actions;
    QVBoxLayout *m_body;
};

} // namespace Ui
