#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <QString>

#include "ui/theme.h"

namespace Ui {

/// What a chart shows of a number of equal spans of time.
struct ChartData
{
    enum class Form : std::uint8_t { Stacked, Lines };

    struct Series
    {
        QString name;
        Role color = &Tokens::series;
        std::vector<double> values; ///< One for each span; below 0: none (a gap in a line).
    };

    Form form = Form::Stacked;
    std::vector<qint64> starts; ///< Of the spans, oldest first, ms since 1970 UTC.
    std::vector<Series> series;
    std::function<QString(double)> text; ///< A value for people.
};

} // namespace Ui
