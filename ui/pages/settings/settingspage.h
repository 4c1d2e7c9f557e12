#pragma once

#include <map>
#include <vector>

#include "ui/frame/page.h"

class QListWidget;
class QScrollArea;
class QVBoxLayout;

namespace Ui {

class EmptyState;
class SearchField;
class SectionList;
class SettingRow;
class SettingSection;

/// All settings: those of this desktop, then the gateway's as its table has them. Saved as they are changed.
class SettingsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsPage)

public:
    explicit SettingsPage(const PageParts &parts, QWidget *parent = nullptr);

    /// `filter` is a setting's name: its line is shown and marked.
    void goTo(const Target &target) override;
    void focusSearch() override;
    void refresh() override;
    bool escape() override;
    QList<QWidget *> areas() const override;

private:
    void load();
    void showSettings(const std::vector<Gateway::SettingView> &settings);
    void makeSections(const std::vector<Gateway::SettingView> &settings);
    void addSection(SettingSection *section);
    void change(SettingRow *row, const QString &value);
    void store(SettingRow *row, const QString &value);
    void reset(SettingRow *row);
    void search(const QString &text);
    void showSection(int index);
    void listSections();

    SearchField *m_search;
    SectionList *m_list;
    QScrollArea *m_scroll;
    QVBoxLayout *m_column;
    EmptyState *m_nothing;
    std::vector<SettingSection *> m_sections;
    std::map<std::string, SettingRow *> m_rows;
    QString m_target; ///< To be shown once the settings are there.
};

} // namespace Ui
