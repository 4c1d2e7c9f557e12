#include "ui/pages/keys/keyspage.h"

#include <algorithm>

#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>

#include "ui/frame/shell.h"
#include "ui/pages/keys/addkeysdialog.h"
#include "ui/pages/keys/checkstrip.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keytools.h"
#include "ui/widgets/button.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Narrower pages have no room for the pane beside the table.
constexpr int COVERING_BELOW = 860;
constexpr int LEAST_TABLE = 360;
const QString PANE_WIDTH = u"keys/paneWidth"_s;

std::optional<KeyStatus> statusOf(const QString &word)
{
    if (word == "usable"_L1)
        return KeyStatus::Usable;
    if (word == "resting"_L1)
        return KeyStatus::Resting;
    if (word == "sidelined"_L1)
        return KeyStatus::Sidelined;
    if (word == "disabled"_L1)
        return KeyStatus::Disabled;
    return std::nullopt;
}

} // namespace

void KeysPage::goTo(const Target &target)
{
    if (!target.filter.isEmpty())
        m_tools->setStatus(statusOf(target.filter));
    if (target.id != 0 && m_model->isLoaded())
        openKey(target.id);
    else
        m_toOpen = target.id;
    if (target.makesNew)
        makeNew();
}

void KeysPage::focusSearch()
{
    m_tools->focusSearch();
}

void KeysPage::makeNew()
{
    if (!findChild<AddKeysDialog *>())
        openAddDialog()->open();
}

void KeysPage::refresh()
{
    const KeyIds ids = selectedIds();
    if (ids.empty())
        m_model->reload();
    else
        m_acts->check(ids);
}

bool KeysPage::escape()
{
    if (m_pane->isVisible()) {
        closePane();
        return true;
    }
    if (m_tools->isSearching()) {
        m_tools->clearSearch();
        return true;
    }
    if (m_table->selectionModel()->hasSelection()) {
        clearSelection();
        return true;
    }
    return false;
}

QList<QWidget *> KeysPage::areas() const
{
    QList<QWidget *> areas{m_tools, m_table};
    if (m_pane->isVisible())
        areas += m_pane;
    return areas;
}

AddKeysDialog *KeysPage::openAddDialog()
{
    auto *dialog = new AddKeysDialog(parts(), m_model->projects(), this);
    connect(dialog, &AddKeysDialog::checkStarted, m_strip, &CheckStrip::showProgress);
    return dialog;
}

void KeysPage::importFile()
{
    auto *files = new QFileDialog(this, tr("Import keys from a file"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, [this](const QString &path) {
        AddKeysDialog *dialog = openAddDialog();
        dialog->open();
        dialog->openFile(path);
    });
    files->open();
}

bool KeysPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (handleKey(key->key(), key->modifiers()))
            return true;
    }
    // A quick second click on a box is one more click on it.
    const bool isPress =
        event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (watched == m_table->viewport() && isPress) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_table->indexAt(mouse->pos());
        // The box adds a row to the others; a press elsewhere takes the row alone, as in any table.
        if (index.isValid() && index.column() == KeyModel::Box && mouse->button() == Qt::LeftButton &&
            mouse->modifiers() == Qt::NoModifier) {
            m_table->setFocus(Qt::MouseFocusReason);
            m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
            toggleCurrent();
            return true;
        }
    }
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
        // A row takes its margins also for a bar that is hidden.
        constexpr int belowBar = 8;
        for (const auto &[bar, row] : m_barRows) {
            QMargins margins = row->contentsMargins();
            margins.setBottom(bar->isHidden() ? 0 : belowBar);
            row->setContentsMargins(margins);
        }
    }
    if (watched == m_left && event->type() == QEvent::Resize) {
        constexpr int roomForWords = 820;
        for (const auto &[button, text] : m_barTexts) {
            button->setText(m_left->width() < roomForWords ? QString() : text);
            button->setToolTip(m_left->width() < roomForWords ? text : QString());
        }
    }
    return Page::eventFilter(watched, event);
}

void KeysPage::openKey(KeyId id)
{
    if (!m_model->find(id))
        return;
    if (m_model->rowOf(id) < 0)
        m_tools->clear();
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    m_table->setCurrentIndex(m_model->index(row, KeyModel::Key));
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
    openPane(id);
}

void KeysPage::openPane(KeyId id)
{
    m_pane->showKey(id);
    m_pane->show();
    placePane();
    m_table->setPaneOpen(true);
}

void KeysPage::closePane()
{
    const bool hadFocus = m_pane->isAncestorOf(focusWidget());
    m_pane->hide();
    m_pane->showKey(0);
    m_table->setPaneOpen(false);
    if (hadFocus)
        m_table->setFocus();
    lookSoon();
}

void KeysPage::followCurrent()
{
    const KeyInfo *key = m_model->keyAt(m_table->currentIndex().row());
    if (key && m_pane->isVisible() && !m_isKeeping)
        m_pane->showKey(key->id);
}

void KeysPage::placePane()
{
    const bool isCovering = width() < COVERING_BELOW;
    if (isCovering != m_isCovering) {
        const bool wasVisible = m_pane->isVisible();
        m_isCovering = isCovering;
        if (isCovering)
            m_pane->setParent(this);
        else
            m_splitter->addWidget(m_pane);
        m_pane->setVisible(wasVisible);
    }
    const int wish = QSettings().value(PANE_WIDTH, m_pane->sizeHint().width()).toInt();
    if (!m_pane->isVisible())
        return;
    if (isCovering) {
        const int paneWidth = std::min(wish, width());
        // Search and chips stay within reach.
        const int top = m_stack->parentWidget()->mapTo(this, QPoint()).y();
        const int left = layoutDirection() == Qt::LeftToRight ? width() - paneWidth : 0;
        m_pane->setGeometry(left, top, paneWidth, height() - top);
        m_pane->raise();
        return;
    }
    const int paneWidth = std::clamp(wish, m_pane->minimumWidth(),
                                     std::max(m_pane->minimumWidth(), m_splitter->width() - LEAST_TABLE));
    m_splitter->setSizes({m_splitter->width() - paneWidth, paneWidth});
}

void KeysPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    placePane();
    lookSoon();
}

void KeysPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_tick->start();
    lookSoon();
}

void KeysPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_tick->stop();
}

std::pair<int, int> KeysPage::visibleRows() const
{
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    return {first, last < 0 ? m_model->rowCount() - 1 : last};
}

void KeysPage::lookSoon()
{
    m_looking->start();
}

void KeysPage::look()
{
    if (const auto [first, last] = visibleRows(); isVisible() && first >= 0)
        m_model->look(first, last);
}

} // namespace Ui
