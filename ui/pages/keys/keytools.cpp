#include "ui/pages/keys/keytools.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QSettings>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/searchfield.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int GAP = 6;
constexpr int SEARCH_MOST = 260;
constexpr int SEARCH_LEAST = 150;
constexpr int SEARCH_USUAL = 230;
const QString HIDDEN_COLUMNS = u"keys/hiddenColumns"_s;

/// In the order in which the menu offers them; the others are always there.
constexpr std::array OPTIONAL_COLUMNS = {KeyModel::Project, KeyModel::Quota,    KeyModel::Day,
                                         KeyModel::History, KeyModel::LastUsed, KeyModel::LastError};

QHBoxLayout *rowIn(QWidget *widget)
{
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(GAP);
    return row;
}

} // namespace

KeyTools::KeyTools(const PageParts &parts, const KeyModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_search(new SearchField(parts.theme, tr("Search label, key or project")))
    , m_first(new QHBoxLayout)
    , m_chipRow(new QWidget)
    , m_column(new QVBoxLayout(this))
    , m_extras(new QWidget)
    , m_filterButton(new Button(parts.theme, Button::Kind::Ghost, u"filter"_s, {}))
    , m_columnButton(new Button(parts.theme, Button::Kind::Ghost, u"settings"_s, tr("Columns")))
    , m_filterMenu(new QMenu(this))
    , m_columnMenu(new QMenu(this))
{
    m_search->setMinimumWidth(SEARCH_LEAST);
    m_search->setMaximumWidth(SEARCH_MOST);
    m_search->setAccessibleName(tr("Search keys"));
    m_filterButton->setAccessibleName(tr("More filters"));
    m_filterButton->setToolTip(tr("More filters"));
    m_columnButton->setAccessibleName(tr("Columns"));
    // Who comes by F6 comes to the search.
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(m_search);
    m_column->setContentsMargins(MARGIN, 0, MARGIN, 12);
    m_column->setSpacing(8);
    m_column->addLayout(m_first);
    m_column->addWidget(m_extras);
    m_first->setSpacing(8);
    rowIn(m_chipRow);
    rowIn(m_extras);
    m_extras->hide();
    addStatusChips();
    m_first->addWidget(m_search, 1);
    m_first->addWidget(m_chipRow);
    m_first->addWidget(m_filterButton);
    m_first->addStretch();
    m_first->addWidget(m_columnButton);

    for (const QString &column : QSettings().value(HIDDEN_COLUMNS).toStringList())
        m_hidden.push_back(column.toInt());
    connect(m_search, &SearchField::searched, this, [this](const QString &text) {
        change([&text](KeyFilter &filter) { filter.search = text.trimmed(); });
    });
    const auto popUp = [this](Button *button, QMenu *menu, auto fill) {
        connect(button, &QAbstractButton::clicked, this, [this, button, menu, fill] {
            menu->clear();
            (this->*fill)();
            menu->popup(button->mapToGlobal(QPoint(0, button->height())));
        });
    };
    popUp(m_filterButton, m_filterMenu, &KeyTools::fillFilterMenu);
    popUp(m_columnButton, m_columnMenu, &KeyTools::fillColumnMenu);
    connect(&model, &KeyModel::countsChanged, this, &KeyTools::showCounts);
    connect(&parts.control, &Control::modelHealthChanged, this, [this] { m_models.clear(); });
    showCounts();
    showStatus();
    askForModels();
}

void KeyTools::addStatusChips()
{
    addChip(std::nullopt, tr("All"));
    for (const KeyStatus status :
         {KeyStatus::Usable, KeyStatus::Resting, KeyStatus::Sidelined, KeyStatus::Disabled})
        addChip(status, KeyWords::status(status));
}

void KeyTools::addChip(std::optional<KeyStatus> status, const QString &text)
{
    auto *chip = new Chip(m_parts.theme, text);
    chip->setCheckable(true);
    if (status)
        chip->setDot(KeyWords::dot(*status));
    connect(chip, &QAbstractButton::clicked, this, [this, status] { setStatus(status); });
    m_chipRow->layout()->addWidget(chip);
    m_chips.push_back({status, chip});
}

void KeyTools::setStatus(std::optional<KeyStatus> status)
{
    change([status](KeyFilter &filter) { filter.status = status; });
    showStatus();
}

void KeyTools::showStatus()
{
    for (const StatusChip &chip : m_chips)
        chip.chip->setChecked(chip.status == m_filter.status);
}

void KeyTools::showCounts()
{
    for (const StatusChip &chip : m_chips)
        chip.chip->setCount(chip.status ? m_model.count(*chip.status) : m_model.total());
    arrange();
}

void KeyTools::change(const std::function<void(KeyFilter &)> &changing)
{
    const KeyFilter before = m_filter;
    changing(m_filter);
    if (before == m_filter)
        return;
    showExtraChips();
    Q_EMIT filterChanged();
}

void KeyTools::clear()
{
    m_search->clear();
    change([](KeyFilter &filter) { filter = {}; });
    showStatus();
}

void KeyTools::clearSearch()
{
    m_search->clear();
    change([](KeyFilter &filter) { filter.search.clear(); });
}

void KeyTools::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void KeyTools::askForModels()
{
    m_parts.control.serving().models({this, [this](Result<std::vector<ModelView>> models) {
                                          m_models.clear();
                                          if (!models)
                                              return;
                                          for (const ModelView &model : *models)
                                              m_models += QString::fromStdString(model.name);
                                          m_models.sort();
                                      }});
}

void KeyTools::fillFilterMenu()
{
    if (m_models.isEmpty())
        askForModels();
    addChoices(tr("Project"), m_model.projects(), &KeyFilter::project);
    addChoices(tr("Tag"), m_model.tags(), &KeyFilter::tag);
    addChoices(tr("Usable for model"), m_models, &KeyFilter::model);
    addFailureChoices();
    m_filterMenu->addSeparator();
    QAction *reset = m_filterMenu->addAction(tr("Clear search and filters"), this, &KeyTools::clear);
    reset->setEnabled(!(m_filter == KeyFilter()));
}

QMenu *KeyTools::addChoices(const QString &title, const QStringList &choices, QString KeyFilter::*member)
{
    QMenu *menu = m_filterMenu->addMenu(title);
    menu->setEnabled(!choices.isEmpty());
    const auto add = [&](const QString &text, const QString &value) {
        QAction *action = menu->addAction(QString(text).replace(u'&', u"&&"_s), this, [this, value, member] {
            change([&](KeyFilter &filter) { filter.*member = value; });
        });
        action->setCheckable(true);
        action->setChecked(m_filter.*member == value);
    };
    add(tr("Any"), {});
    menu->addSeparator();
    for (const QString &choice : choices)
        add(choice, choice);
    return menu;
}

void KeyTools::addFailureChoices()
{
    QMenu *menu = m_filterMenu->addMenu(tr("Failures in a row"));
    for (const int failures : {0, 1, 3, 5, 10}) {
        QAction *action = menu->addAction(
            failures == 0 ? tr("Any") : tr("%n or more", nullptr, failures), this,
            [this, failures] { change([failures](KeyFilter &filter) { filter.minFailures = failures; }); });
        action->setCheckable(true);
        action->setChecked(m_filter.minFailures == failures);
    }
}

void KeyTools::showExtraChips()
{
    while (QLayoutItem *old = m_extras->layout()->takeAt(0)) {
        if (old->widget())
            old->widget()->deleteLater();
        delete old;
    }
    if (!m_filter.project.isEmpty())
        addExtraChip(tr("Project: %1").arg(m_filter.project),
                     [](KeyFilter &filter) { filter.project.clear(); });
    if (!m_filter.tag.isEmpty())
        addExtraChip(tr("Tag: %1").arg(m_filter.tag), [](KeyFilter &filter) { filter.tag.clear(); });
    if (!m_filter.model.isEmpty())
        addExtraChip(tr("Usable for %1").arg(m_filter.model),
                     [](KeyFilter &filter) { filter.model.clear(); });
    if (m_filter.minFailures > 0)
        addExtraChip(tr("%n failure(s) or more", nullptr, m_filter.minFailures),
                     [](KeyFilter &filter) { filter.minFailures = 0; });
    const bool hasAny = m_extras->layout()->count() > 0;
    static_cast<QHBoxLayout *>(m_extras->layout())->addStretch();
    m_extras->setVisible(hasAny);
}

void KeyTools::addExtraChip(const QString &text, const std::function<void(KeyFilter &)> &clear)
{
    auto *chip = new Chip(m_parts.theme, text);
    chip->setRemovable(true);
    chip->setToolTip(tr("Take this condition away"));
    connect(chip, &QAbstractButton::clicked, this, [this, clear] { change(clear); });
    m_extras->layout()->addWidget(chip);
}

void KeyTools::fillColumnMenu()
{
    for (const KeyModel::Column column : OPTIONAL_COLUMNS) {
        QAction *action =
            m_columnMenu->addAction(m_model.headerData(column, Qt::Horizontal).toString(), this,
                                    [this, column](bool isShown) { toggleColumn(column, isShown); });
        action->setCheckable(true);
        action->setChecked(std::find(m_hidden.begin(), m_hidden.end(), column) == m_hidden.end());
    }
}

void KeyTools::toggleColumn(int column, bool isShown)
{
    std::erase(m_hidden, column);
    if (!isShown)
        m_hidden.push_back(column);
    QStringList texts;
    for (const int hidden : m_hidden)
        texts += QString::number(hidden);
    QSettings().setValue(HIDDEN_COLUMNS, texts);
    Q_EMIT columnsChanged();
}

void KeyTools::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// Narrow rooms: first the word "Columns" goes, then the chips get a line of their own.
void KeyTools::arrange()
{
    const int room = width() - 2 * MARGIN;
    const int chips = m_chipRow->sizeHint().width() + m_filterButton->sizeHint().width();
    const QString word = tr("Columns");
    constexpr int wordWidth = 110;
    const bool hasWord = room >= SEARCH_USUAL + chips + wordWidth + 4 * GAP;
    if (m_columnButton->text().isEmpty() == hasWord) {
        m_columnButton->setText(hasWord ? word : QString());
        m_columnButton->setToolTip(hasWord ? QString() : word);
        m_columnButton->updateGeometry();
    }
    constexpr int iconWidth = 32;
    const bool isWrapped = room < SEARCH_LEAST + chips + iconWidth + 4 * GAP;
    if (isWrapped == m_isWrapped)
        return;
    m_isWrapped = isWrapped;
    if (isWrapped) {
        m_first->removeWidget(m_chipRow);
        m_column->insertWidget(1, m_chipRow, 0, Qt::AlignLeft);
    } else {
        m_column->removeWidget(m_chipRow);
        m_first->insertWidget(1, m_chipRow);
    }
}

} // namespace Ui
