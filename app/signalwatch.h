#pragma once

#include <QObject>

class QSocketNotifier;

namespace Gateway {

/// Brings SIGTERM and SIGINT into the event loop. One at a time in a process.
class SignalWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SignalWatch)

public:
    explicit SignalWatch(QObject *parent = nullptr);
    ~SignalWatch() override;

Q_SIGNALS:
    /// `count` is 1 for the first signal; a third one ends the process by the system's own means.
    void stopRequested(int count);

private:
    void readPipe();

    int m_pipe[2] = {-1, -1};
    int m_count = 0;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace Gateway
