#pragma once

#include <string_view>
#include <vector>

#include <QList>
#include <QObject>
#include <QPointer>

#include "gateway/common/json.h"

namespace Gateway {

class AdminStreams;
class Control;

/// Puts Control's signals into events and hands them to the workers that have listeners. Lives in the
/// control's thread.
class AdminEvents final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdminEvents)

public:
    /// `control` outlives this.
    explicit AdminEvents(Control &control, QObject *parent = nullptr);
    ~AdminEvents() override;

    /// Some worker has got its first listener or lost its last.
    void listenersChanged();

    /// Called while the control's thread waits for the worker that makes `streams`.
    void add(AdminStreams *streams);

private:
    void listen();
    void listenToStreams();
    void tell(std::string_view name, json::value data);
    bool isHeard() const;

    std::vector<QPointer<AdminStreams>> m_workers;
    Control &m_control;
    QList<QMetaObject::Connection> m_streams; ///< Of the signals that cost something to be heard.
    std::uint64_t m_last = 0;
};

} // namespace Gateway
