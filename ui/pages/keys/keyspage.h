#pragma once

#include <optional>
#include <vector>

#include "ui/frame/page.h"
#include "ui/pages/keys/keyacts.h"

class QSplitter;
class QStackedLayout;
class QTimer;

namespace Ui {

class AddKeysDialog;
class Button;
class CheckStrip;
class EmptyState;
class KeyModel;
class KeyPane;
class KeyTools;
class SelectionBar;
class TableView;

/// The pool of keys: to see how each is, and to mend it.
class KeysPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeysPage)

public:
    explicit KeysPage(const PageParts &parts, QWidget *parent = nullptr);
    ~KeysPage() override;

    void goTo(const Target &target) override;
    void focusSearch() override;
    void makeNew() override;
    /// Checks the selected keys, else reads the list anew.
    void refresh() override;
    bool escape() override;
    QList<QWidget *> areas() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addActions();
    void addTable();
    void addSelectionBar();
    void addStates();
    void layOut();
    void followModel();
    void openMoreMenu();

    AddKeysDialog *openAddDialog();
    void importFile();

    KeyIds selectedIds() const;
    void select(const KeyIds &ids);
    void keepSelection();
    void bringSelectionBack();
    void showSelection();
    void clearSelection();
    void toggleCurrent();
    void openMenu(const QPoint &position);
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);

    void openKey(Gateway::KeyId id);
    void openPane(Gateway::KeyId id);
    void closePane();
    void followCurrent();
    void placePane();

    void showCounts();
    void showState();
    void lookSoon();
    void look();
    std::pair<int, int> visibleRows() const;

    KeyModel *m_model;
    KeyActs *m_acts;
    KeyTools *m_tools;
    SelectionBar *m_bar;
    CheckStrip *m_strip;
    TableView *m_table;
    EmptyState *m_noKeys;
    EmptyState *m_noHit;
    EmptyState *m_unread;
    QStackedLayout *m_stack;
    QWidget *m_left;
    QSplitter *m_splitter;
    KeyPane *m_pane;
    Button *m_add;
    Button *m_more;
    Button *m_disable;
    std::vector<std::pair<Button *, QString>> m_barTexts;
    std::vector<std::pair<QWidget *, QHBoxLayout *>> m_barRows;
    QTimer *m_tick;
    QTimer *m_looking;
    KeyIds m_keptSelection;
    Gateway::KeyId m_keptCurrent = 0;
    Gateway::KeyId m_toOpen = 0; ///< Once the list has come.
    bool m_isKeeping = false;
    bool m_isCovering = false;
};

} // namespace Ui
