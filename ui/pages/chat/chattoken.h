#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "gateway/control/control.h"

namespace Ui {

/// The access token with which the chat asks the gateway: made at the first use, renewed at the first use of
/// each start, kept in memory alone.
class ChatToken final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatToken)

public:
    using Done = std::function<void(Gateway::Result<Gateway::Secret>)>;

    explicit ChatToken(Gateway::Control &control, QObject *parent = nullptr);

    /// `done` is called once, at once when the token is known; not when `context` is gone by then.
    void get(QObject *context, Done done);
    /// The gateway refused it: the next get() gets another.
    void forget();

    /// In every record of the chat's requests, in each language.
    static constexpr const char *NAME = "Built-in chat";

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
    Gateway::Secret m_token;
    std::vector<Waiting> m_waiting;
};

} // namespace Ui
