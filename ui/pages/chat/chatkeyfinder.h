#pragma once

#include <functional>

#include <QObject>

#include "gateway/control/control.h"

namespace Ui {

/// Looks up which key answered a request. Records are written a moment after the answer, so it asks again for
/// a while, then gives up in silence.
class ChatKeyFinder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatKeyFinder)

public:
    /// `found` is called once with the key's label, or not at all; the finder deletes itself.
    ChatKeyFinder(Gateway::Control &control, const QString &requestId,
                  std::function<void(const QString &label)> found, QObject *parent);

private:
    void ask();
    void askLater();

    Gateway::Control &m_control;
    std::string m_requestId;
    std::function<void(const QString &)> m_found;
    int m_delayMs;
};

} // namespace Ui
