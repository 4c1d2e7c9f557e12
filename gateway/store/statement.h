#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// A prepared SQL statement, used again and again. Lives and is used in the store's thread only; columns and
/// parameters count from 0. A statement that could not be prepared tells so at step().
class Statement
{
public:
    virtual ~Statement() = default;

    virtual void bind(int index, std::int64_t value) = 0;
    /// `value` must stay alive until reset(), run() or the next bind at this index.
    virtual void bindText(int index, std::string_view value) = 0;
    virtual void bindBlob(int index, std::string_view value) = 0;
    virtual void bindNull(int index) = 0;

    /// True: there is a row to read. False: finished.
    virtual Result<bool> step() = 0;
    virtual bool isNull(int column) = 0;
    virtual std::int64_t integer(int column) = 0;
    virtual std::string text(int column) = 0;
    /// Ends reading so that the statement can run again. Parameters must be bound anew.
    virtual void reset() = 0;
    /// Rows the last run() changed.
    virtual std::int64_t changes() = 0;

    /// Runs to the end and resets.
    Result<void> run();
    /// The first column of the first row, or `otherwise` without a row; resets.
    Result<std::int64_t> value(std::int64_t otherwise);
    /// What `read(*this)` makes of each row; resets.
    template <typename Row, typename Read>
    Result<std::vector<Row>> collect(const Read &read)
    {
        std::vector<Row> rows;
        Result<bool> row = step();
        for (; row && *row; row = step())
            rows.push_back(read(*this));
        reset();
        if (!row)
            return tl::unexpected<Error>(std::move(row.error()));
        return rows;
    }
};

using StatementPtr = std::unique_ptr<Statement>;

} // namespace Gateway
