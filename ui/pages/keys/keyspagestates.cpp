// What the page shows when, and how it follows its model: the fourth part of KeysPage.
#include <utility>

#include <QDesktopServices>
#include <QStackedLayout>
#include <QTimer>
#include <QUrl>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keyspage.h"
#include "ui/pages/keys/keytools.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LOOK_AFTER_MS = 80;
constexpr int TICK_MS = 1000;
const QString FREE_KEY = u"https://aistudio.google.com/apikey"_s;

} // namespace

void KeysPage::addStates()
{
    m_noKeys = new EmptyState(theme(), u"keys"_s, tr("No keys yet"),
                              tr("Paste one or more Gemini API keys. The gateway starts to serve as soon as "
                                 "the first one works."));
    Button *add = m_noKeys->addButton(Button::Kind::Primary, tr("Add keys"));
    add->setIconName(u"plus"_s);
    connect(add, &QAbstractButton::clicked, this, &KeysPage::makeNew);
    Button *free = m_noKeys->addButton(Button::Kind::Secondary, tr("Get a free key"));
    free->setIconName(u"external"_s);
    connect(free, &QAbstractButton::clicked, this, [] { QDesktopServices::openUrl(QUrl(FREE_KEY)); });
    m_noHit = new EmptyState(theme(), u"search"_s, {}, {});
    connect(m_noHit->addButton(Button::Kind::Secondary, tr("Clear search and filters")),
            &QAbstractButton::clicked, m_tools, &KeyTools::clear);
    m_unread = new EmptyState(theme(), u"error"_s, {}, {});
    connect(m_unread->addButton(Button::Kind::Secondary, tr("Try again")), &QAbstractButton::clicked, m_model,
            &KeyModel::reload);
}

void KeysPage::followModel()
{
    m_tick->setInterval(TICK_MS);
    m_looking->setSingleShot(true);
    m_looking->setInterval(LOOK_AFTER_MS);
    connect(m_looking, &QTimer::timeout, this, &KeysPage::look);
    connect(m_tick, &QTimer::timeout, this, [this] {
        if (const auto [first, last] = visibleRows(); first >= 0) {
            m_model->tick(first, last);
            m_model->look(first, last);
        }
    });
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &KeysPage::keepSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, &KeysPage::bringSelectionBack);
    for (auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, changed, this, [this] {
            lookSoon();
            showSelection();
        });
    connect(m_model, &QAbstractItemModel::modelReset, this, &KeysPage::lookSoon);
    connect(m_model, &QAbstractItemModel::layoutChanged, this, &KeysPage::lookSoon);
    connect(m_model, &KeyModel::countsChanged, this, [this] {
        showCounts();
        showState();
        if (m_pane->isVisible() && !m_model->find(m_pane->keyId()))
            closePane();
        if (const KeyId id = std::exchange(m_toOpen, 0); id != 0)
            openKey(id);
    });
    connect(m_model, &KeyModel::loadFailed, this, &KeysPage::showState);
    connect(m_tools, &KeyTools::filterChanged, this, [this] {
        m_model->setFilter(m_tools->filter());
        m_table->scrollToTop();
        showState();
        lookSoon();
    });
    connect(m_tools, &KeyTools::columnsChanged, this,
            [this] { m_table->setHiddenByUser(m_tools->hiddenColumns()); });
}

void KeysPage::showCounts()
{
    const int keys = m_model->total();
    const auto projects = static_cast<int>(m_model->projects().size());
    if (keys == 0)
        setRemark({});
    else if (projects == 0)
        setRemark(tr("%n key(s)", nullptr, keys));
    else
        setRemark(tr("%1 in %2").arg(tr("%n key(s)", nullptr, keys), tr("%n project(s)", nullptr, projects)));
}

void KeysPage::showState()
{
    const bool isUnread = !m_model->isLoaded() && !m_model->failure().isEmpty();
    const bool isEmpty = m_model->isLoaded() && m_model->total() == 0;
    const bool hasHits = m_model->rowCount() > 0 || !m_model->isLoaded();
    m_tools->setVisible(!isEmpty && !isUnread);
    m_add->setVisible(!isEmpty); // the empty state has its own
    m_more->setVisible(!isEmpty);
    if (isUnread) {
        m_unread->setTexts(tr("The keys cannot be read"), m_model->failure());
        m_stack->setCurrentWidget(m_unread);
    } else if (isEmpty) {
        m_stack->setCurrentWidget(m_noKeys);
    } else if (hasHits) {
        m_stack->setCurrentWidget(m_table);
    } else {
        const QString search = m_model->filter().search;
        m_noHit->setTexts(search.isEmpty() ? tr("No key fits these filters")
                                           : tr("No key matches “%1”").arg(search),
                          tr("Check the spelling, or clear the filters: %n key(s) are hidden by them.",
                             nullptr, m_model->total()));
        m_stack->setCurrentWidget(m_noHit);
    }
}

} // namespace Ui
