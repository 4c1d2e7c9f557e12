#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QObject>
#include <QTimer>

#include "gateway/pool/keypool.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

/// Asks Google in the background about keys that were sidelined and puts back those that work again. A few at
/// a time; lives in one worker's thread.
class KeyCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyCheck)

public:
    KeyCheck(const RelayParts &parts, QObject *parent = nullptr);
    ~KeyCheck() override;

    /// Checks every `intervalMs` (0: never) with a short generateContent of `model` at `googleHost`.
    void configure(std::int64_t intervalMs, std::string model, std::string googleHost,
                   ClassifierOptions classifier);

    /// Checks now.
    void run();

private:
    class Probe;

    void startNext();
    void probed(const Probe &probe);

    RelayParts m_parts;
    QTimer m_timer;
    std::string m_url;
    std::string m_model;
    ClassifierOptions m_classifier;
    std::vector<Lease> m_waiting;
    std::vector<std::unique_ptr<Probe>> m_running;
};

} // namespace Gateway
