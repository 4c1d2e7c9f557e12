#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "gateway/control/control.h"

namespace Ui {

/// An access token with which the window itself asks the gateway: made at the first use, renewed at the first
/// use of each start, kept in memory alone.
class OwnToken final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OwnToken)

public:
    using Done = std::function<void(Gateway::Result<Gateway::Secret>)>;

    /// `name` is in every record of its requests, the same in each language.
    OwnToken(Gateway::Control &control, const char *name, QObject *parent = nullptr);

    /// `done` is called once, at once when the token is known; not when `context` is gone by then.
    void get(QObject *context, Done done);
    /// The gateway refused it: the next get() gets another.
    void forget();

    static constexpr const char *CHAT = "Built-in chat";
    static constexpr const char *SENT_AGAIN = "Sent again";

private:
    void ask();
    void found(const std::vector<Gateway::TokenView> &tokens);
    void issued(Gateway::Result<Gateway::IssuedToken> token);
    void answer(const Gateway::Result<Gateway::Secret> &answer);

    struct Waiting
    {
        QPointer<QObject> context;
        Done done;
    };
    Gateway::Control &m_control;
    const char *m_name;
    Gateway::Secret m_token;
    std::vector<Waiting> m_waiting;
};

} // namespace Ui
