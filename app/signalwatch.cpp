#include "app/signalwatch.h"

#include <atomic>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>

namespace Gateway {

namespace {

// A handler may touch nothing but this (signal-safety(7)).
std::atomic<int> writeEnd{-1};

void handleSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(writeEnd.load(), &byte, 1);
}

void setHandler(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

} // namespace

SignalWatch::SignalWatch(QObject *parent)
    : QObject(parent)
{
    if (::pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatch::readPipe);
    writeEnd = m_pipe[1];
    setHandler(handleSignal);
}

SignalWatch::~SignalWatch()
{
    if (!m_notifier)
        return;
    setHandler(SIG_DFL);
    delete m_notifier;
    writeEnd = -1;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

void SignalWatch::readPipe()
{
    char bytes[16];
    const ssize_t count = ::read(m_pipe[0], bytes, sizeof(bytes));
    for (ssize_t i = 0; i < count; ++i) {
        if (++m_count == 2)
            setHandler(SIG_DFL);
        Q_EMIT stopRequested(m_count);
    }
}

} // namespace Gateway
