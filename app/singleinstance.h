#pragma once

#include <memory>
#include <string>

#include <QLocalServer>
#include <QObject>

namespace Gateway {

/// One program with windows for each database: a second start makes the first one's window come up.
class SingleInstance final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SingleInstance)

public:
    /// `database` tells instances apart, e.g. "sqlite:/home/user/…".
    explicit SingleInstance(const std::string &database, QObject *parent = nullptr);

    /// Asks the instance that is there to show itself; false when there is none.
    bool raiseOther();
    /// From now on this is the instance that others find.
    void listen();

Q_SIGNALS:
    void raiseRequested();

private:
    QString m_name;
    QLocalServer m_server;
};

} // namespace Gateway
