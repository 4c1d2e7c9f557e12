#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <QObject>

#include "gateway/common/error.h"
#include "gateway/common/text.h"
#include "gateway/http/exchange.h"

namespace Gateway {

/// Where the exchanges of admin requests wait in their worker until the control's thread has an answer. Lives
/// in the worker's thread. It may be destroyed only while the control's thread waits for that: then no answer
/// can be on its way to it from there.
class AdminDesk final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AdminDesk)

public:
    struct Answer
    {
        int status = 200;
        std::string contentType;
        Headers headers;
        std::string body;
        std::optional<Error> error; ///< In place of all else.
    };

    AdminDesk() = default;
    ~AdminDesk() override;

    /// Takes in an exchange; the ticket is never 0.
    std::uint64_t take(std::unique_ptr<Exchange> exchange);
    /// From the control's thread: answers the exchange of that ticket, soon, in the worker's thread.
    void post(std::uint64_t ticket, Answer answer);

    std::size_t waiting() const { return m_exchanges.size(); }

private:
    void answer(std::uint64_t ticket, const Answer &answer);

    std::unordered_map<std::uint64_t, std::unique_ptr<Exchange>> m_exchanges;
    std::uint64_t m_lastTicket = 0;
};

} // namespace Gateway
