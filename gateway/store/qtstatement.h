#pragma once

#include <string>

#include <QSqlQuery>

#include "gateway/store/statement.h"

namespace Gateway {

/// A statement through QSqlQuery: works with every driver of Qt.
class QtStatement final : public Statement
{
public:
    QtStatement(const QSqlDatabase &database, std::string_view sql, std::string path);

    void bind(int index, std::int64_t value) override;
    void bindText(int index, std::string_view value) override;
    void bindBlob(int index, std::string_view value) override;
    void bindNull(int index) override;
    Result<bool> step() override;
    bool isNull(int column) override;
    std::int64_t integer(int column) override;
    std::string text(int column) override;
    void reset() override;
    std::int64_t changes() override;

private:
    Error lastError() const;

    QSqlQuery m_query;
    std::string m_path;
    bool m_isPrepared = false;
    bool m_isRunning = false;
    std::int64_t m_changes = 0;
};

} // namespace Gateway
