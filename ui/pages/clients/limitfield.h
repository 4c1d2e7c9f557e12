#pragma once

#include <cstdint>
#include <optional>

#include <QLineEdit>

namespace Ui {

/// A number that limits, or nothing for "no limit".
class LimitField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LimitField)

public:
    /// `scale` units of the value are 1 as it is written: 1 for counts, 1,000,000 for dollars.
    explicit LimitField(std::int64_t scale, QWidget *parent = nullptr);

    void setLimit(std::int64_t limit);
    /// 0: no limit; absent: what stands there is no such number.
    std::optional<std::int64_t> limit() const;

private:
    std::int64_t m_scale;
};

} // namespace Ui
