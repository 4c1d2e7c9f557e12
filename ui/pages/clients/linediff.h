#pragma once

#include <cstdint>
#include <vector>

#include <QString>

namespace Ui {

struct DiffLine
{
    enum class Kind : std::uint8_t { Same, Added, Removed, Gap };

    Kind kind = Kind::Same;
    QString text; ///< Empty for a gap, which stands for lines that are left out.

    bool operator==(const DiffLine &) const = default;
};

/// What changes line by line, removed before added, with up to `context` unchanged lines around; empty when
/// nothing changes.
std::vector<DiffLine> lineDiff(const QString &before, const QString &after, int context);

/// The line with what looks like a key, token or password masked.
QString maskedConfigLine(const QString &line);

} // namespace Ui
