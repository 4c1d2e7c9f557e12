#include "gateway/store/storeerror.h"

namespace Gateway {

namespace {

struct Row
{
    int sqliteCode;
    std::string_view code;
    std::string_view text;
};

constexpr Row ROWS[] = {
    {5, "store_locked", "is locked by another process"},
    {6, "store_locked", "is locked"},
    {8, "store_readonly", "cannot be written"},
    {10, "store_unavailable", "cannot be read or written"},
    {11, "store_damaged", "is damaged"},
    {13, "store_full", "cannot grow: the disk is full"},
    {14, "store_unavailable", "cannot be opened"},
    {23, "store_unavailable", "may not be opened"},
    {26, "store_not_database", "is not a database"},
};

} // namespace

Error storeError(int sqliteCode, std::string_view path, std::string_view detail)
{
    Error error{503, "store_failed", "The database " + std::string(path) + " ", {}, 0};
    std::string_view what = "refused a statement";
    for (const Row &row : ROWS) {
        if (row.sqliteCode == (sqliteCode & 0xff)) {
            error.code = row.code;
            what = row.text;
        }
    }
    error.text += what;
    error.text += " (" + std::string(detail) + ").";
    return error;
}

bool isEnvironmentFault(const Error &error)
{
    return error.status >= 500 && error.code != "store_failed";
}

} // namespace Gateway
