#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

/// The control that changes one setting: a switch, a combo box, a field for a number, a text or a list.
class SettingEditor : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingEditor)

public:
    explicit SettingEditor(QWidget *parent = nullptr);

    /// Shows the setting's value; not over what the user is typing.
    virtual void showSetting(const Gateway::SettingView &setting) = 0;
    /// Marks the value as one that is not taken.
    virtual void showRefused(bool isRefused) = 0;

Q_SIGNALS:
    /// As the environment would say it.
    void changed(const QString &value);
};

/// The editor for the setting's type.
SettingEditor *makeSettingEditor(const Theme &theme, const Gateway::SettingView &setting);

} // namespace Ui
