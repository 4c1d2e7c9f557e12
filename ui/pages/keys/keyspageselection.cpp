// What is selected in the table and done with it by keyboard and menu: the third part of KeysPage.
#include <algorithm>

#include <QItemSelectionModel>
#include <QMenu>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keyspage.h"
#include "ui/widgets/button.h"
#include "ui/widgets/selectionbar.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;

namespace Ui {

KeyIds KeysPage::selectedIds() const
{
    KeyIds ids;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const KeyInfo *key = m_model->keyAt(row))
                ids.push_back(key->id);
        }
    }
    return ids;
}

void KeysPage::select(const KeyIds &ids)
{
    std::vector<int> rows;
    for (const KeyId id : ids) {
        if (const int row = m_model->rowOf(id); row >= 0)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    QItemSelection selection;
    for (std::size_t first = 0; first < rows.size();) {
        std::size_t end = first + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        selection.append(QItemSelectionRange(m_model->index(rows[first], 0),
                                             m_model->index(rows[end - 1], KeyModel::Columns - 1)));
        first = end;
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

/// A table that is made anew forgets what was selected in it.
void KeysPage::keepSelection()
{
    m_isKeeping = true;
    m_keptSelection = selectedIds();
    const KeyInfo *current = m_model->keyAt(m_table->currentIndex().row());
    m_keptCurrent = current ? current->id : 0;
}

void KeysPage::bringSelectionBack()
{
    if (const int row = m_model->rowOf(m_keptCurrent); row >= 0)
        m_table->selectionModel()->setCurrentIndex(m_model->index(row, KeyModel::Key),
                                                   QItemSelectionModel::NoUpdate);
    select(m_keptSelection);
    m_isKeeping = false;
    m_keptSelection.clear();
    showSelection();
}

void KeysPage::clearSelection()
{
    m_table->selectionModel()->clearSelection();
}

void KeysPage::showSelection()
{
    if (m_isKeeping)
        return;
    int count = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        count += range.height();
    m_bar->showCount(count, tr("%n selected", nullptr, count));
    if (count < 2)
        return;
    const QString word = m_acts->areDisabled(selectedIds()) ? tr("Enable") : tr("Disable");
    for (auto &[button, text] : m_barTexts) {
        if (button != m_disable || text == word)
            continue;
        text = word;
        button->setAccessibleName(word);
        if (!button->text().isEmpty())
            button->setText(word);
    }
}

void KeysPage::toggleCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_table->selectionModel()->select(current, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
}

void KeysPage::openMenu(const QPoint &position)
{
    const KeyIds ids = selectedIds();
    if (ids.empty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_acts->fillMenu(menu, ids);
    menu->popup(position);
}

bool KeysPage::handleKey(int key, Qt::KeyboardModifiers modifiers)
{
    const KeyInfo *current = m_model->keyAt(m_table->currentIndex().row());
    if (key == Qt::Key_Space && modifiers == Qt::NoModifier && current) {
        toggleCurrent();
        return true;
    }
    if (key == Qt::Key_Delete && modifiers == Qt::NoModifier) {
        m_acts->remove(selectedIds());
        return true;
    }
    if (key == Qt::Key_F2 && current) {
        openPane(current->id);
        m_pane->editName();
        return true;
    }
    return false;
}

} // namespace Ui
