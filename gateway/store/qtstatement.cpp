#include "gateway/store/qtstatement.h"

#include <QSqlError>
#include <QVariant>

#include "gateway/store/storeerror.h"

namespace Gateway {

QtStatement::QtStatement(const QSqlDatabase &database, std::string_view sql, std::string path)
    : m_query(database)
    , m_path(std::move(path))
{
    m_query.setForwardOnly(true); // else the driver keeps every row it has read
    m_isPrepared = m_query.prepare(QString::fromUtf8(sql.data(), static_cast<qsizetype>(sql.size())));
}

void QtStatement::bind(int index, std::int64_t value)
{
    m_query.bindValue(index, static_cast<qlonglong>(value));
}

void QtStatement::bindText(int index, std::string_view value)
{
    // An empty QString that is null would be bound as NULL.
    const auto length = static_cast<qsizetype>(value.size());
    m_query.bindValue(index, length ? QString::fromUtf8(value.data(), length) : QStringLiteral(""));
}

void QtStatement::bindBlob(int index, std::string_view value)
{
    const auto length = static_cast<qsizetype>(value.size());
    m_query.bindValue(index, length ? QByteArray(value.data(), length) : QByteArray(""));
}

void QtStatement::bindNull(int index)
{
    m_query.bindValue(index, QVariant());
}

Result<bool> QtStatement::step()
{
    if (!m_isPrepared)
        return fail(lastError());
    if (!m_isRunning && !m_query.exec())
        return fail(lastError());
    m_isRunning = true;
    if (!m_query.isSelect())
        return false;
    if (m_query.next())
        return true;
    if (m_query.lastError().isValid())
        return fail(lastError());
    return false;
}

bool QtStatement::isNull(int column)
{
    return m_query.isNull(column);
}

std::int64_t QtStatement::integer(int column)
{
    return m_query.value(column).toLongLong();
}

std::string QtStatement::text(int column)
{
    const QVariant value = m_query.value(column);
    if (value.metaType() == QMetaType::fromType<QByteArray>())
        return value.toByteArray().toStdString();
    return value.toString().toStdString();
}

void QtStatement::reset()
{
    if (m_isRunning)
        m_changes = m_query.numRowsAffected(); // known only until finish()
    m_query.finish();
    m_isRunning = false;
}

std::int64_t QtStatement::changes()
{
    return m_changes;
}

Error QtStatement::lastError() const
{
    const QSqlError error = m_query.lastError();
    return storeError(error.nativeErrorCode().toInt(), m_path, error.databaseText().toStdString());
}

} // namespace Gateway
