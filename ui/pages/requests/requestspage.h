#pragma once

#include "ui/frame/page.h"

class QSplitter;
class QStackedLayout;

namespace Ui {

class Button;
class EmptyState;
class RequestFilters;
class RequestModel;
class RequestPane;
class SelectionBar;
class TableView;
class TextLabel;

/// What clients asked and what came of it, live.
class RequestsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestsPage)

public:
    explicit RequestsPage(const PageParts &parts, QWidget *parent = nullptr);
    ~RequestsPage() override;

    void goTo(const Target &target) override;
    void focusSearch() override;
    void refresh() override;
    bool escape() override;
    QList<QWidget *> areas() const override;

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void makeTable();
    void makeSelectionBar();
    void connectModel();
    void follow();
    void applyFilter();
    void showWaiting(int count);
    void showEmptyOrTable();
    void openRow(const QModelIndex &index);
    void openRequest(const Gateway::RequestView &request);
    void openId(const QString &id);
    void closePane();
    void step(int by);
    void showMenu(const QPoint &position);
    void setPaused(bool isPaused);
    void exportAll();
    void removeSelected();
    void removeOld(int days);
    std::vector<std::int64_t> selected() const;
    void loadSlow();

    RequestModel *m_model;
    RequestFilters *m_filters;
    SelectionBar *m_selection;
    TableView *m_table;
    RequestPane *m_pane;
    EmptyState *m_empty;
    EmptyState *m_noHit;
    EmptyState *m_failure;
    QStackedLayout *m_stack;
    QSplitter *m_splitter;
    TextLabel *m_live;
    Button *m_pause;
    Button *m_new;
    bool m_isPaused = false;
};

} // namespace Ui
