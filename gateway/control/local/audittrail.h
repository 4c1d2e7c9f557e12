#pragma once

#include <string>

namespace Gateway {

class Control;
class Store;

/// Writes down what was done through a control, under the name of its actor.
class AuditTrail
{
public:
    /// Both outlive this.
    AuditTrail(const Control &control, Store &store);

    /// `action`: "keys.reveal"; `object`: "key 17"; `detail`: further words, never a secret.
    void note(std::string action, std::string object, std::string detail = {}) const;
    /// Likewise, under the name of whoever asked before.
    void noteAs(std::string actor, std::string action, std::string object, std::string detail = {}) const;
    /// Of this moment.
    const std::string &actor() const;

private:
    const Control &m_control;
    Store &m_store;
};

} // namespace Gateway
