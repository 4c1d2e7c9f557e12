#pragma once

#include <vector>

#include <QStringList>
#include <QWidget>

#include "ui/frame/page.h"
#include "ui/pages/keys/keyitem.h"

class QHBoxLayout;
class QMenu;
class QVBoxLayout;

namespace Ui {

class Button;
class Chip;
class KeyModel;
class SearchField;

/// The row of tools above the keys: search, chips for the statuses, menus for the other conditions and for
/// the columns.
class KeyTools final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyTools)

public:
    KeyTools(const PageParts &parts, const KeyModel &model, QWidget *parent = nullptr);

    const KeyFilter &filter() const { return m_filter; }
    void setStatus(std::optional<Gateway::KeyStatus> status);
    /// Back to all keys.
    void clear();
    void focusSearch();
    bool isSearching() const { return !m_filter.search.isEmpty(); }
    void clearSearch();
    /// Columns that the user has hidden; remembered.
    const std::vector<int> &hiddenColumns() const { return m_hidden; }

Q_SIGNALS:
    void filterChanged();
    void columnsChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void addStatusChips();
    void addChip(std::optional<Gateway::KeyStatus> status, const QString &text);
    void showCounts();
    void showStatus();
    void fillFilterMenu();
    QMenu *addChoices(const QString &title, const QStringList &choices, QString KeyFilter::*member);
    void addFailureChoices();
    void fillColumnMenu();
    void toggleColumn(int column, bool isShown);
    void showExtraChips();
    void addExtraChip(const QString &text, const std::function<void(KeyFilter &)> &clear);
    void change(const std::function<void(KeyFilter &)> &changing);
    void askForModels();
    void arrange();

    struct StatusChip
    {
        std::optional<Gateway::KeyStatus> status;
        Chip *chip;
    };

    PageParts m_parts;
    const KeyModel &m_model;
    KeyFilter m_filter;
    std::vector<int> m_hidden;
    QStringList m_models;
    SearchField *m_search;
    std::vector<StatusChip> m_chips;
    QHBoxLayout *m_first;
    QWidget *m_chipRow;
    QVBoxLayout *m_column;
    QWidget *m_extras;
    Button *m_filterButton;
    Button *m_columnButton;
    QMenu *m_filterMenu;
    QMenu *m_columnMenu;
    bool m_isWrapped = false;
};

} // namespace Ui
