#pragma once

#include "ui/frame/page.h"

class QComboBox;
class QStackedLayout;

namespace Ui {

class EmptyState;
class LogModel;
class SearchField;
class Segmented;
class Switch;
class TableView;

/// The program's own log, newest at the foot.
class LogPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogPage)

public:
    explicit LogPage(const PageParts &parts, QWidget *parent = nullptr);

    void focusSearch() override;
    void refresh() override;
    bool escape() override;
    QList<QWidget *> areas() const override;

private:
    QWidget *makeTools();
    void connectModel();
    void listCategories();
    void followEnd();
    void showEmptyOrTable();
    void copySelected();
    void clearFilters();

    LogModel *m_model;
    SearchField *m_search;
    Segmented *m_level;
    QComboBox *m_category;
    Switch *m_follow;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
};

} // namespace Ui
