#include "app/qtkeychain.h"

#include <memory>

#include <QEventLoop>
#include <QString>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace Gateway {

namespace {

const QString SERVICE = QStringLiteral("gemini-balance");
/// A person may have to type a password first.
constexpr int WAIT_MS = 120'000;

/// In the store's thread, which has no loop of its own, or in a command before its end. False when nothing
/// came in time: the job is then left to itself, since what it waits for may still call it.
template <typename Job>
bool runJob(std::unique_ptr<Job> &job)
{
    QEventLoop loop;
    bool isFinished = false;
    job->setAutoDelete(false);
    QObject::connect(job.get(), &QKeychain::Job::finished, &loop, [&] {
        isFinished = true;
        loop.quit();
    });
    QTimer::singleShot(WAIT_MS, &loop, &QEventLoop::quit);
    job->start();
    if (!isFinished)
        loop.exec();
    if (!isFinished) {
        job->disconnect(&loop);
        job->setAutoDelete(true);
        static_cast<void>(job.release());
    }
    return isFinished;
}

tl::unexpected<Error> refused(const QString &why)
{
    return fail(503, "keychain_refused",
                "The desktop's keychain refuses the master key: " + why.toStdString() + ".");
}

const QString NO_ANSWER = QStringLiteral("it does not answer");

} // namespace

Result<std::optional<Secret>> QtKeychain::read(const std::string &name)
{
    auto job = std::make_unique<QKeychain::ReadPasswordJob>(SERVICE);
    job->setKey(QString::fromStdString(name));
    if (!runJob(job))
        return refused(NO_ANSWER);
    switch (job->error()) {
    case QKeychain::NoError:
        return std::optional(Secret(job->textData().toStdString()));
    case QKeychain::EntryNotFound:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return std::optional<Secret>();
    default:
        return refused(job->errorString());
    }
}

Result<void> QtKeychain::write(const std::string &name, const Secret &text)
{
    auto job = std::make_unique<QKeychain::WritePasswordJob>(SERVICE);
    job->setKey(QString::fromStdString(name));
    job->setTextData(QString::fromStdString(text.reveal()));
    if (!runJob(job))
        return refused(NO_ANSWER);
    if (job->error() != QKeychain::NoError)
        return refused(job->errorString());
    return {};
}

} // namespace Gateway
