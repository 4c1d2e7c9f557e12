#include "ui/pages/settings/bytefield.h"

#include <algorithm>
#include <climits>

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int NUMBER_WIDTH = 96;
constexpr int UNIT_WIDTH = 84;
constexpr int UNITS = 4; // B, KiB, MiB, GiB

qint64 factorOf(int unit)
{
    return qint64(1) << (10 * unit);
}

/// The largest unit that tells the number without a fraction.
int unitFor(qint64 bytes)
{
    int unit = 0;
    while (unit + 1 < UNITS && bytes > 0 && bytes % factorOf(unit + 1) == 0)
        ++unit;
    return unit;
}

} // namespace

ByteField::ByteField(const SettingView &setting, const QString &name)
    : m_minimum(setting.minimum)
    , m_maximum(setting.maximum)
    , m_number(new QSpinBox)
    , m_unit(new QComboBox)
{
    m_number->setAccessibleName(name);
    m_number->setFixedWidth(NUMBER_WIDTH);
    m_number->setKeyboardTracking(false);
    m_unit->setAccessibleName(tr("Unit"));
    m_unit->setFixedWidth(UNIT_WIDTH);
    m_unit->addItems({u"B"_s, u"KiB"_s, u"MiB"_s, u"GiB"_s});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_number);
    row->addWidget(m_unit);
    setFocusProxy(m_number);
    connect(m_number, &QSpinBox::valueChanged, this, &ByteField::tell);
    connect(m_unit, &QComboBox::activated, this, [this](int unit) {
        choose(unit);
        tell();
    });
}

void ByteField::choose(int unit)
{
    const QSignalBlocker blocker(m_number);
    const qint64 factor = factorOf(unit);
    m_unit->setCurrentIndex(unit);
    m_number->setRange(static_cast<int>(std::min<qint64>((m_minimum + factor - 1) / factor, INT_MAX)),
                       static_cast<int>(std::min<qint64>(m_maximum / factor, INT_MAX)));
}

void ByteField::showSetting(const SettingView &setting)
{
    if (m_number->hasFocus())
        return;
    const qint64 bytes = QString::fromStdString(setting.value).toLongLong();
    const int unit = unitFor(bytes);
    choose(unit);
    const QSignalBlocker blocker(m_number);
    m_number->setValue(static_cast<int>(bytes / factorOf(unit)));
    m_number->setEnabled(!setting.isLocked);
    m_unit->setEnabled(!setting.isLocked);
}

void ByteField::showRefused(bool)
{
}

void ByteField::tell()
{
    Q_EMIT changed(QString::number(m_number->value() * factorOf(m_unit->currentIndex())));
}

} // namespace Ui
