#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/common/result.h"
#include "gateway/common/secret.h"
#include "gateway/settings/settings.h"

namespace Gateway {

/// The one process that works on a database: holds a lock beside it while it lives. The system gives the lock
/// back when the process ends in whatever way.
class DataLock
{
public:
    DataLock() = default;
    ~DataLock();
    DataLock(DataLock &&other) noexcept;
    DataLock &operator=(DataLock &&other) noexcept;
    DataLock(const DataLock &) = delete;
    DataLock &operator=(const DataLock &) = delete;

    /// Takes the lock of that database, waiting up to `waitMs`. Fails with 409 "in_use" while another process
    /// has it.
    static Result<DataLock> take(const Settings &settings, int waitMs);

private:
    int m_fd = -1;
};

/// Where the server of a database is reached.
struct ServerPlace
{
    std::string address; ///< "http://127.0.0.1:4364"
    std::int64_t pid = 0;
    Secret token; ///< The administrator's for as long as that process lives.
};

/// The file beside a database that says where its server is reached and lets its owner in, for the command
/// line; only its owner can read it. Written when made, removed when destroyed.
class ServerFile
{
public:
    ServerFile(const Settings &settings, const ServerPlace &place);
    ~ServerFile();
    ServerFile(const ServerFile &) = delete;
    ServerFile &operator=(const ServerFile &) = delete;

private:
    std::string m_path;
};

/// The server that works on that database; nothing when there is none. A file whose process has ended is
/// removed.
std::optional<ServerPlace> findServer(const Settings &settings);

} // namespace Gateway
