#include "ui/pages/settings/settingspage.h"

#include <algorithm>

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/settings/desktopsections.h"
#include "ui/pages/settings/sectionlist.h"
#include "ui/pages/settings/settingrow.h"
#include "ui/pages/settings/settingsection.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/searchfield.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int SIDE = 192;
constexpr int MOST_WIDTH = 768;

QString iconOf(const std::string &section)
{
    static const std::map<std::string, QString> icons = {
        {"Server", u"globe"_s},  {"Keys and access", u"keys"_s},
        {"Google", u"link"_s},   {"Failover", u"split"_s},
        {"Models", u"model"_s},  {"Streams", u"bolt"_s},
        {"Limits", u"shield"_s}, {"Records and log", u"database"_s}};
    const auto found = icons.find(section);
    return found == icons.end() ? u"settings"_s : found->second;
}

bool isOpenToOthers(const QString &host)
{
    return host != u"localhost" && !host.startsWith(u"127.") && host != u"::1" && !host.isEmpty();
}

} // namespace

SettingsPage::SettingsPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Settings"), parent)
    , m_search(new SearchField(theme(), tr("Search settings")))
    , m_list(new SectionList(theme()))
    , m_scroll(new QScrollArea)
    , m_column(new QVBoxLayout)
    , m_nothing(new EmptyState(theme(), u"search"_s, {}, {}))
{
    setRemark(tr("saved as you go"));
    auto *side = new QVBoxLayout;
    side->setSpacing(10);
    m_search->setFixedWidth(SIDE);
    m_list->setFixedWidth(SIDE);
    side->addWidget(m_search);
    side->addWidget(m_list, 1);

    auto *content = new QWidget;
    content->setMaximumWidth(MOST_WIDTH + 12);
    m_column->setContentsMargins(0, 0, 12, 12);
    m_column->setSpacing(0);
    content->setLayout(m_column);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(content);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(MARGIN, 0, 12, 0);
    row->setSpacing(20);
    row->addLayout(side);
    row->addWidget(m_scroll, 1);
    body()->addLayout(row);
    m_nothing->hide();

    connect(m_search, &SearchField::searched, this, &SettingsPage::search);
    connect(m_list, &QListWidget::currentRowChanged, this, &SettingsPage::showSection);
    connect(&control(), &Control::settingsChanged, this, &SettingsPage::load);
    load();
}

void SettingsPage::load()
{
    control().settings().list({this, [this](Result<std::vector<SettingView>> settings) {
                                   if (settings)
                                       showSettings(*settings);
                                   else
                                       shell().toastFailure(settings.error());
                               }});
}

void SettingsPage::showSettings(const std::vector<SettingView> &settings)
{
    if (m_sections.empty())
        makeSections(settings);
    for (const SettingView &setting : settings) {
        if (const auto row = m_rows.find(setting.name); row != m_rows.end())
            row->second->showSetting(setting);
    }
    listSections();
    if (!m_target.isEmpty())
        goTo({.page = PageId::Settings, .filter = std::exchange(m_target, {})});
}

void SettingsPage::addSection(SettingSection *section)
{
    m_sections.push_back(section);
    m_column->addWidget(section);
    m_list->addSection(section->iconName(), section->title());
}

void SettingsPage::makeSections(const std::vector<SettingView> &settings)
{
    addSection(makeGeneralSection(parts()));
    std::map<std::string, SettingSection *> sections;
    for (const SettingView &setting : settings) {
        SettingSection *&section = sections[setting.section];
        if (!section) {
            section = new SettingSection(theme(), iconOf(setting.section),
                                         QCoreApplication::translate("Settings", setting.section.c_str()));
            addSection(section);
        }
        auto *row = new SettingRow(theme(), setting);
        m_rows[setting.name] = row;
        section->addLine(row);
        connect(row, &SettingRow::changed, this, [this, row](const QString &value) { change(row, value); });
        connect(row, &SettingRow::resetRequested, this, [this, row] { reset(row); });
    }
    addSection(makeNoticeSection(parts()));
    addSection(makeAboutSection(parts()));
    m_column->addWidget(m_nothing);
    m_column->addStretch();
    m_list->setCurrentRow(0);
}

void SettingsPage::listSections()
{
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const bool isPending = std::any_of(m_rows.begin(), m_rows.end(), [&](const auto &row) {
            return row.second->setting().isPending && m_sections[i]->isAncestorOf(row.second);
        });
        m_list->setPending(static_cast<int>(i), isPending);
    }
}

void SettingsPage::change(SettingRow *row, const QString &value)
{
    if (row->setting().name != "HOST" || !isOpenToOthers(value)) {
        store(row, value);
        return;
    }
    askToConfirm(theme(), window(), tr("Let other computers reach the gateway?"),
                 tr("Anyone on your network who has a token can then use your keys."), tr("Let them in"),
                 [this, row, value] { store(row, value); });
    row->showSetting(row->setting());
}

void SettingsPage::store(SettingRow *row, const QString &value)
{
    const SettingView before = row->setting();
    control().settings().set(
        before.name, value.toStdString(),
        {this, [this, row, before](Result<SettingView> answer) {
             row->showError(answer ? QString() : QString::fromStdString(answer.error().text));
             if (!answer)
                 return;
             row->showSetting(*answer);
             listSections();
             if (before.isSecret || before.value == answer->value)
                 return;
             const QString title = QCoreApplication::translate("Settings", before.title.c_str());
             shell().toast({u"check"_s, tr("%1 saved").arg(title), tr("Undo"), [this, row, before] {
                                if (before.source == "store")
                                    store(row, QString::fromStdString(before.value));
                                else
                                    reset(row);
                            }});
         }});
}

void SettingsPage::reset(SettingRow *row)
{
    control().settings().reset(row->setting().name,
                               {this, [this, row](Result<SettingView> answer) {
                                    row->showError(answer ? QString()
                                                          : QString::fromStdString(answer.error().text));
                                    if (answer)
                                        row->showSetting(*answer);
                                    listSections();
                                }});
}

void SettingsPage::search(const QString &text)
{
    bool isFound = false;
    for (SettingSection *section : m_sections) {
        const bool hasHits = section->search(text.trimmed());
        section->setVisible(hasHits);
        isFound = isFound || hasHits;
    }
    m_nothing->setTexts(tr("No setting matches “%1”").arg(text),
                        tr("Settings are found by name, text and environment name."));
    m_nothing->setVisible(!isFound);
    m_scroll->verticalScrollBar()->setValue(0);
}

void SettingsPage::showSection(int index)
{
    if (index < 0 || index >= static_cast<int>(m_sections.size()))
        return;
    if (!m_search->text().isEmpty())
        m_search->clear();
    // After the layout of what was hidden until now.
    QTimer::singleShot(0, this, [this, index] {
        m_scroll->verticalScrollBar()->setValue(m_sections[static_cast<std::size_t>(index)]->y());
    });
}

void SettingsPage::goTo(const Target &target)
{
    if (target.filter.isEmpty())
        return;
    const auto row = m_rows.find(target.filter.toStdString());
    if (row == m_rows.end()) {
        m_target = target.filter;
        return;
    }
    m_search->setText(target.filter);
    search(target.filter);
    row->second->setFocus();
}

void SettingsPage::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SettingsPage::refresh()
{
    load();
}

bool SettingsPage::escape()
{
    if (m_search->text().isEmpty())
        return false;
    m_search->clear();
    return true;
}

QList<QWidget *> SettingsPage::areas() const
{
    return {m_search, m_list, m_scroll};
}

} // namespace Ui
