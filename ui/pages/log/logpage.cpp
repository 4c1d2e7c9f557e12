#include "ui/pages/log/logpage.h"

#include <algorithm>

#include <QComboBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/desktop.h"
#include "ui/frame/shell.h"
#include "ui/pages/log/logmodel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/celldelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 28;

} // namespace

LogPage::LogPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Log"), parent)
    , m_model(new LogModel(control(), this))
    , m_search(new SearchField(theme(), tr("Search the log")))
    , m_level(new Segmented(theme(), tr("Level"), {tr("All"), tr("Info"), tr("Warnings"), tr("Errors")}))
    , m_category(new QComboBox)
    , m_follow(new Switch(theme()))
    , m_table(new TableView(theme(), tr("Log"), ROW))
    , m_empty(new EmptyState(theme(), u"file"_s, tr("No line matches"),
                             tr("Take some of the filters away to see more.")))
    , m_stack(new QStackedLayout)
{
    auto *follow = new TextLabel(theme(), TextStyle::Small, &Tokens::text2);
    follow->setText(tr("Follow"));
    m_follow->setAccessibleName(tr("Follow"));
    m_follow->setChecked(true);
    auto *copy = new Button(theme(), Button::Kind::Secondary, u"copy"_s, tr("Copy"));
    copy->setToolTip(tr("Copy the selected lines"));
    connect(copy, &QAbstractButton::clicked, this, &LogPage::copySelected);
    actions()->addWidget(follow);
    actions()->addWidget(m_follow);
    if (parts.desktop) {
        auto *folder = new Button(theme(), Button::Kind::Secondary, u"folder"_s, tr("Open folder"));
        connect(folder, &QAbstractButton::clicked, this, [path = parts.desktop->dataFolder()] {
            QDesktopServices::openUrl(QUrl::fromLocalFile(path));
        });
        actions()->addWidget(folder);
    }
    actions()->addWidget(copy);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(theme(), m_table));
    m_table->setColumnWidths({128, 88, 150, 300}, LogModel::Text, 300);
    m_table->setDropOrder({LogModel::Category});
    auto *shortcut = new QShortcut(QKeySequence::Copy, m_table);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &LogPage::copySelected);
    connect(m_empty->addButton(Button::Kind::Secondary, tr("Clear filters")), &QAbstractButton::clicked, this,
            &LogPage::clearFilters);
    body()->addWidget(makeTools());
    body()->addLayout(m_stack, 1);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    connectModel();
    m_level->setCurrent(0);
    m_model->reload();
}

QWidget *LogPage::makeTools()
{
    auto *tools = new QWidget;
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(24, 0, 24, 12);
    row->setSpacing(8);
    m_category->setAccessibleName(tr("Category"));
    m_category->addItem(tr("Any category"));
    m_category->setMinimumWidth(170);
    row->addWidget(m_search);
    row->addWidget(m_level);
    row->addWidget(m_category);
    row->addStretch();
    return tools;
}

void LogPage::connectModel()
{
    connect(m_search, &SearchField::searched, m_model, &LogModel::setSearch);
    connect(m_level, &Segmented::chosen, this,
            [this](int index) { m_model->setLevel(static_cast<LogLevel>(index)); });
    connect(m_category, &QComboBox::activated, this,
            [this] { m_model->setCategory(m_category->currentData().toString()); });
    connect(m_model, &LogModel::categoriesChanged, this, &LogPage::listCategories);
    connect(m_follow, &QAbstractButton::toggled, this, &LogPage::followEnd);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        showEmptyOrTable();
        followEnd();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        showEmptyOrTable();
        followEnd();
    });
    // Who scrolls up wants to read, who scrolls to the end wants to follow.
    connect(m_table->verticalScrollBar(), &QScrollBar::sliderMoved, this,
            [this](int value) { m_follow->setChecked(value == m_table->verticalScrollBar()->maximum()); });
}

void LogPage::listCategories()
{
    const QSignalBlocker blocker(m_category);
    const QString chosen = m_category->currentData().toString();
    m_category->clear();
    m_category->addItem(tr("Any category"));
    for (const QString &category : m_model->categories())
        m_category->addItem(category, category);
    m_category->setCurrentIndex(std::max(0, m_category->findData(chosen)));
}

void LogPage::followEnd()
{
    if (m_follow->isChecked())
        m_table->scrollToBottom();
}

void LogPage::showEmptyOrTable()
{
    const bool isEmpty = m_model->rowCount() == 0 && m_model->isFiltered();
    m_stack->setCurrentWidget(isEmpty ? static_cast<QWidget *>(m_empty) : m_table);
    setRemark(tr("%n lines", nullptr, m_model->rowCount()));
}

void LogPage::copySelected()
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows += index.row();
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const int row : rows)
        lines += m_model->lineText(row);
    // Nothing chosen means all that is shown.
    for (int row = 0; rows.isEmpty() && row < m_model->rowCount(); ++row)
        lines += m_model->lineText(row);
    shell().copy(lines.join(u'\n'), false);
}

void LogPage::clearFilters()
{
    m_search->clear();
    m_level->setCurrent(0);
    m_category->setCurrentIndex(0);
    m_model->setCategory({});
}

void LogPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LogPage::refresh()
{
    m_model->reload();
}

bool LogPage::escape()
{
    if (!m_search->text().isEmpty()) {
        m_search->clear();
        return true;
    }
    if (!m_table->selectionModel()->hasSelection())
        return false;
    m_table->clearSelection();
    return true;
}

QList<QWidget *> LogPage::areas() const
{
    return {m_search, m_table};
}

} // namespace Ui
