#include "app/datafolder.h"

#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QDeadlineTimer>
#include <QFile>
#include <QSaveFile>
#include <QThread>

#include "app/configuration.h"
#include "gateway/common/json.h"
#include "gateway/store/databaseurl.h"

namespace Gateway {

namespace {

constexpr int RETRY_MS = 50;
constexpr mode_t OWNER_ONLY = 0600;

/// Beside the database; empty when that is no file.
std::string pathBeside(const Settings &settings, const char *ending)
{
    const Result<std::string> path = databasePath(databaseUrl(settings));
    return path ? *path + ending : std::string();
}

bool isAlive(std::int64_t pid)
{
    return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
}

std::string inUseText(const Settings &settings)
{
    const std::optional<ServerPlace> server = findServer(settings);
    if (!server)
        return "Another process works on the database.";
    return "A gateway (process " + std::to_string(server->pid) + ") works on the database and serves at " +
           server->address + ".";
}

} // namespace

Result<DataLock> DataLock::take(const Settings &settings, int waitMs)
{
    DataLock lock;
    const std::string path = pathBeside(settings, ".lock");
    if (path.empty())
        return lock;
    lock.m_fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, OWNER_ONLY);
    if (lock.m_fd < 0)
        return lock; // the database itself then says what is wrong with its folder
    const QDeadlineTimer deadline(waitMs);
    while (::flock(lock.m_fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return lock; // a file system without locks
        if (deadline.hasExpired())
            return fail(409, "in_use", inUseText(settings));
        QThread::msleep(RETRY_MS);
    }
    return lock;
}

DataLock::~DataLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

DataLock::DataLock(DataLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

DataLock &DataLock::operator=(DataLock &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

ServerFile::ServerFile(const Settings &settings, const ServerPlace &place)
    : m_path(pathBeside(settings, ".server"))
{
    if (m_path.empty())
        return;
    QSaveFile file(QString::fromStdString(m_path));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const json::object told{{"address", place.address}, {"pid", place.pid}, {"token", place.token.reveal()}};
    file.write(QByteArray::fromStdString(toJson(told) + '\n'));
    file.commit();
}

ServerFile::~ServerFile()
{
    if (!m_path.empty())
        QFile::remove(QString::fromStdString(m_path));
}

std::optional<ServerPlace> findServer(const Settings &settings)
{
    const std::string path = pathBeside(settings, ".server");
    QFile file(QString::fromStdString(path));
    if (path.empty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const Result<json::object> told = parseJsonObject(file.readAll().toStdString());
    if (!told)
        return std::nullopt;
    ServerPlace place{std::string(stringAt(*told, "address")), integerAt(*told, "pid", 0),
                      Secret(stringAt(*told, "token"))};
    if (place.address.empty() || !isAlive(place.pid)) {
        file.remove();
        return std::nullopt;
    }
    return place;
}

} // namespace Gateway
