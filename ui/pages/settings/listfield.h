#pragma once

#include "ui/pages/settings/settingeditor.h"

class QLineEdit;

namespace Ui {

class Button;

/// A list of texts: told in one line, changed in a dialog with a line for each. A secret list is only
/// replaced or emptied, as its texts are not shown.
class ListField final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListField)

public:
    ListField(const Theme &theme, const Gateway::SettingView &setting, const QString &name);

    void showSetting(const Gateway::SettingView &setting) override;
    void showRefused(bool isRefused) override;

private:
    void edit();

    const Theme &m_theme;
    QString m_name;
    Gateway::SettingView m_setting;
    QLineEdit *m_line;
    Button *m_edit;
};

} // namespace Ui
