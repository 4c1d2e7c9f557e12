#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/requestquery.h"
#include "gateway/store/blockrepository.h"

namespace Gateway {

/// A filter over requests in the numbers of the table: what its blocks are found by, and how rows are tested.
class RequestWhere
{
public:
    /// Values of one kind in the index: from first to last.
    struct Range
    {
        BlockKind kind;
        std::int64_t first;
        std::int64_t last;
    };

    /// `model`, `token`: the words' numbers (names.id) where the filter has them.
    RequestWhere(const RequestFilter &filter, std::int64_t model, std::int64_t token);

    /// A request that passes is in a block that the index names for every one of these.
    const std::vector<Range> &ranges() const { return m_ranges; }
    /// " AND …" with a place for each parameter, or nothing.
    const std::string &sql() const { return m_sql; }
    /// Binds them from `first` on; returns the next place. This must outlive the run.
    int bind(Statement &statement, int first) const;

private:
    void test(std::string_view condition, std::initializer_list<std::int64_t> parameters);

    std::vector<Range> m_ranges;
    std::string m_sql;
    std::vector<std::int64_t> m_parameters;
    std::string m_errorPattern;
};

} // namespace Gateway
