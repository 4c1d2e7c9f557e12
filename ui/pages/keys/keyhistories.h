#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <QObject>

#include "gateway/control/control.h"
#include "ui/widgets/marks.h"

namespace Ui {

/// The last 24 hours of the keys that are looked at, asked for when they are first seen and again every few
/// minutes while they are.
class KeyHistories final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyHistories)

public:
    static constexpr int CELLS = 90;
    static constexpr std::int64_t SPAN_MS = 16LL * 60 * 1000;

    explicit KeyHistories(Gateway::Control &control, QObject *parent = nullptr);

    /// 90 cells of 16 minutes, oldest first; nullptr while they are not known.
    const std::vector<StripCell> *cells(Gateway::KeyId id) const;
    /// Start of the first cell, ms since 1970 UTC.
    std::int64_t fromMs(Gateway::KeyId id) const;

    /// These are looked at now: asks for what is missing or too old.
    void look(const std::vector<Gateway::KeyId> &ids);
    /// Asks only for the sums of many keys, a thousand at a time.
    void sum(std::vector<Gateway::KeyId> ids);
    void forget(Gateway::KeyId id);

Q_SIGNALS:
    void cellsCame(const std::vector<Gateway::KeyId> &ids);
    void sumCame(Gateway::KeyId id, qint64 calls, qint64 failed);
    /// All that sum() was asked for.
    void sumsDone();

private:
    struct Entry
    {
        std::vector<StripCell> cells;
        std::int64_t fromMs = 0;
        std::int64_t askedMs = 0;
    };

    void take(const std::vector<Gateway::KeyHistory> &histories);
    void sumNext();

    Gateway::Control &m_control;
    std::unordered_map<Gateway::KeyId, Entry> m_entries;
    std::vector<Gateway::KeyId> m_unsummed;
    bool m_isSumming = false;
};

} // namespace Ui
