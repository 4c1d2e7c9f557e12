#include "gateway/store/sealedcolumns.h"

#include <vector>

#include "gateway/settings/setting.h"

namespace Gateway {

namespace {

struct SealedColumn
{
    std::string_view table; ///< As Sealer takes it.
    std::string_view read;  ///< Row's key, its name for Sealer, the text.
    std::string_view write; ///< The text, the row's key.
};

constexpr SealedColumn COLUMNS[] = {
    {SealedTable::KEYS, "SELECT id, fingerprint, secret FROM keys WHERE secret <> ''",
     "UPDATE keys SET secret = ? WHERE id = ?"},
    {SealedTable::KEY_PROXIES, "SELECT id, fingerprint, proxy FROM keys WHERE proxy <> ''",
     "UPDATE keys SET proxy = ? WHERE id = ?"},
    {SealedTable::PROXIES, "SELECT id, id, url FROM proxies", "UPDATE proxies SET url = ? WHERE id = ?"},
};
constexpr SealedColumn SETTINGS = {SealedTable::SETTINGS,
                                   "SELECT name, name, value FROM settings WHERE sealed = 1",
                                   "UPDATE settings SET value = ?, sealed = 1 WHERE name = ?"};
constexpr std::string_view CLEAR_SETTINGS = "SELECT name, name, value FROM settings WHERE sealed = 0";

struct Row
{
    std::string key;
    std::string place;
    std::string text;
};

Result<std::vector<Row>> rowsOf(Database &database, std::string_view sql)
{
    std::vector<Row> rows;
    const StatementPtr read = database.prepare(sql);
    Result<bool> row = read->step();
    for (; row && *row; row = read->step())
        rows.push_back({read->text(0), read->text(1), read->text(2)});
    read->reset();
    if (!row)
        return fail(std::move(row.error()));
    return rows;
}

using Change = std::function<Result<std::string>(const Row &)>;

Result<std::int64_t> changeRows(Database &database, std::string_view sql, const std::vector<Row> &rows,
                                const Change &change)
{
    const StatementPtr write = database.prepare(sql);
    for (const Row &row : rows) {
        const Result<std::string> text = change(row);
        if (!text)
            return fail(text.error());
        write->bindBlob(0, *text);
        write->bindText(1, row.key); // a column of integers turns it into one
        if (Result<void> done = write->run(); !done)
            return fail(std::move(done.error()));
    }
    return static_cast<std::int64_t>(rows.size());
}

Result<std::int64_t> changeColumn(Database &database, const SealedColumn &column, const Change &change)
{
    const Result<std::vector<Row>> rows = rowsOf(database, column.read);
    if (!rows)
        return fail(rows.error());
    return changeRows(database, column.write, *rows, change);
}

} // namespace

bool isSealedSetting(std::string_view name)
{
    const SettingRow *row = findSetting(name);
    return row && (row->isSecret || row->id == Setting::ProxyUrl);
}

Result<std::int64_t> sealClearTexts(Database &database, const Sealer &sealer)
{
    std::int64_t count = 0;
    for (const SealedColumn &column : COLUMNS) {
        const Result<std::int64_t> changed =
            changeColumn(database, column, [&](const Row &row) -> Result<std::string> {
                return sealer.seal(column.table, row.place, row.text);
            });
        if (!changed)
            return changed;
        count += *changed;
    }
    Result<std::vector<Row>> settings = rowsOf(database, CLEAR_SETTINGS);
    if (!settings)
        return fail(std::move(settings.error()));
    std::erase_if(*settings, [](const Row &row) { return !isSealedSetting(row.key); });
    return changeRows(database, SETTINGS.write, *settings,
                      [&](const Row &row) -> Result<std::string> {
                          return sealer.seal(SealedTable::SETTINGS, row.place, row.text);
                      })
        .map([count](std::int64_t changed) { return count + changed; });
}

Result<std::int64_t> sealAnew(Database &database, const Sealer &from, const Sealer &to)
{
    std::int64_t count = 0;
    for (const SealedColumn &column : {COLUMNS[0], COLUMNS[1], COLUMNS[2], SETTINGS}) {
        const Result<std::int64_t> changed =
            changeColumn(database, column, [&](const Row &row) -> Result<std::string> {
                const Result<Secret> text = from.open(column.table, row.place, row.text);
                return text ? to.seal(column.table, row.place, text->reveal()) : row.text;
            });
        if (!changed)
            return changed;
        count += *changed;
    }
    return count;
}

Result<std::int64_t> wipeSealedTexts(Database &database, std::string_view reason)
{
    const Result<std::int64_t> lost =
        database.value("SELECT count(*) FROM keys WHERE secret <> '' AND deleted_ms = 0");
    const StatementPtr wipe = database.prepare(
        "UPDATE keys SET secret = '', proxy = '', state = CASE deleted_ms WHEN 0 THEN 1 ELSE state END, "
        "reason = CASE deleted_ms WHEN 0 THEN ? ELSE reason END WHERE secret <> ''");
    wipe->bindText(0, reason);
    Result<void> done = wipe->run();
    for (const std::string_view sql :
         {"DELETE FROM settings WHERE sealed = 1", "DELETE FROM proxies", "DELETE FROM key_rests"}) {
        if (done)
            done = database.execute(sql);
    }
    if (!done)
        return fail(std::move(done.error()));
    return lost;
}

} // namespace Gateway
