#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <QString>

#include "gateway/control/control.h"

namespace Ui {

/// A key of the list with what the table needs beside it.
struct KeyItem
{
    explicit KeyItem(Gateway::KeyInfo info);

    /// Takes the key as it is now; false when nothing of it is new.
    bool take(Gateway::KeyInfo info);

    /// Label, else the masked text.
    QString name() const;

    Gateway::KeyInfo key;
    std::string haystack;       ///< All that a search looks at, folded.
    QString order;              ///< The name as it sorts: "key 2" before "key 10".
    std::int64_t dayCalls = -1; ///< In the last 24 hours; -1: not asked yet.
    std::int64_t dayFailed = -1;
    int row = -1;       ///< In the table; -1: filtered out.
    int next = -1;      ///< Row to be, while the table changes.
    bool isSeen = true; ///< Stood in the list that is being taken.

private:
    void index();
};

/// Which keys the table shows; all conditions hold together.
struct KeyFilter
{
    QString search; ///< In label, masked text, project, note and tags, without case.
    std::optional<Gateway::KeyStatus> status = {};
    QString tag = {};
    QString project = {};
    QString model = {};  ///< Keys that may be used for it.
    int minFailures = 0; ///< Unclear failures in a row.

    bool operator==(const KeyFilter &) const = default;
};

/// A filter made ready to look at many keys.
class KeyMatcher
{
public:
    explicit KeyMatcher(const KeyFilter &filter);

    bool matches(const KeyItem &item) const;

private:
    std::string m_needle;
    std::optional<Gateway::KeyStatus> m_status;
    std::string m_tag;
    std::string m_project;
    std::string m_model;
    int m_minFailures;
};

/// `text` so that numbers in it compare by value and case does not count.
QString naturalOrder(const QString &text);

} // namespace Ui
