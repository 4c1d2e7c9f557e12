#pragma once

#include <vector>

#include <QWidget>

#include "ui/theme.h"

class QVBoxLayout;

namespace Ui {

class SettingLine;
class TextLabel;

/// A card with the lines of one section.
class SettingSection final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingSection)

public:
    SettingSection(const Theme &theme, const QString &iconName, const QString &title);

    void addLine(SettingLine *line);
    const QString &title() const { return m_title; }
    const QString &iconName() const { return m_iconName; }

    /// Shows only lines that the search finds, marked; the heading then says the section. False when there
    /// are none. An empty search shows all.
    bool search(const QString &text);

private:
    QString m_iconName;
    QString m_title;
    TextLabel *m_heading;
    QVBoxLayout *m_rows;
    std::vector<SettingLine *> m_lines;
};

} // namespace Ui
