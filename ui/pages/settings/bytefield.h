#pragma once

#include "ui/pages/settings/settingeditor.h"

class QComboBox;
class QSpinBox;

namespace Ui {

/// A number of bytes as a number and its unit (KiB, MiB, GiB).
class ByteField final : public SettingEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ByteField)

public:
    ByteField(const Gateway::SettingView &setting, const QString &name);

    void showSetting(const Gateway::SettingView &setting) override;
    void showRefused(bool isRefused) override;

private:
    void tell();
    void choose(int unit);

    qint64 m_minimum;
    qint64 m_maximum;
    QSpinBox *m_number;
    QComboBox *m_unit;
};

} // namespace Ui
