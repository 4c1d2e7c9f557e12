#include "ui/pages/clients/limitfield.h"

#include <cmath>

#include <QLocale>

namespace Ui {

namespace {

constexpr double MOST = 1e15; // beyond it a double is no whole number

} // namespace

LimitField::LimitField(std::int64_t scale, QWidget *parent)
    : QLineEdit(parent)
    , m_scale(scale)
{
    setPlaceholderText(tr("no limit"));
}

void LimitField::setLimit(std::int64_t limit)
{
    const bool isWhole = limit % m_scale == 0;
    setText(limit == 0 ? QString()
                       : QLocale().toString(static_cast<double>(limit) / static_cast<double>(m_scale), 'f',
                                            isWhole ? 0 : 2));
}

std::optional<std::int64_t> LimitField::limit() const
{
    QString written = text().trimmed();
    if (written.isEmpty())
        return 0;
    written.remove(QChar::Space);
    bool isNumber = false;
    double number = QLocale().toDouble(written, &isNumber);
    if (!isNumber)
        number = QLocale::c().toDouble(written, &isNumber);
    const double value = number * static_cast<double>(m_scale);
    if (!isNumber || value < 1 || value > MOST || (m_scale == 1 && value != std::floor(value)))
        return std::nullopt;
    return std::llround(value);
}

} // namespace Ui
