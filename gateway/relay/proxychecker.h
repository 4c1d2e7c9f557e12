#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "gateway/relay/relayparts.h"

namespace Gateway {

/// How one proxy did.
struct ProxyCheckResult
{
    std::string url;
    bool isGood = false;     ///< Google answered through it, whatever it said.
    std::int64_t tookMs = 0; ///< Until Google's answer, or the failure.
    std::string error;       ///< Why it is not good; without the proxy's password.
};

/// Asks for Google's host through proxies, without a key. Lives in one worker's thread.
class ProxyChecker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProxyChecker)

public:
    using Done = std::function<void(std::vector<ProxyCheckResult>)>;

    ProxyChecker(const RelayParts &parts, std::string googleHost, QObject *parent = nullptr);
    ~ProxyChecker() override;

    /// Tries all `urls` at once; `done` gets one result for each, in their order, and is called later.
    void start(const std::vector<std::string> &urls, Done done);

private:
    class Try;
    struct Round;

    void tried(const std::shared_ptr<Round> &round, std::size_t number, ProxyCheckResult result);

    RelayParts m_parts;
    std::string m_url;
    std::vector<std::shared_ptr<Round>> m_rounds;
};

} // namespace Gateway
