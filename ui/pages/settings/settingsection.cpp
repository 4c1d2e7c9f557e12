#include "ui/pages/settings/settingsection.h"

#include <QVBoxLayout>

#include "ui/pages/settings/settingrow.h"
#include "ui/widgets/card.h"
#include "ui/widgets/textlabel.h"

namespace Ui {

SettingSection::SettingSection(const Theme &theme, const QString &iconName, const QString &title)
    : m_iconName(iconName)
    , m_title(title)
    , m_heading(new TextLabel(theme, TextStyle::Section, &Tokens::text2))
    , m_rows(new QVBoxLayout)
{
    m_heading->setText(title);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    card->setLayout(m_rows);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 16);
    column->setSpacing(8);
    column->addWidget(m_heading);
    column->addWidget(card);
}

void SettingSection::addLine(SettingLine *line)
{
    line->setRule(!m_lines.empty());
    m_lines.push_back(line);
    m_rows->addWidget(line);
}

bool SettingSection::search(const QString &text)
{
    bool isFirst = true;
    for (SettingLine *line : m_lines) {
        const bool isFound = text.isEmpty() || line->matches(text);
        line->setVisible(isFound);
        line->setMarked(isFound && !text.isEmpty());
        line->setRule(isFound && !isFirst);
        isFirst = isFirst && !isFound;
    }
    return !isFirst;
}

} // namespace Ui
