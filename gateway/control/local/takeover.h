#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/common/secret.h"
#include "gateway/control/importexport/importresult.h"
#include "gateway/control/values/keyedit.h"

namespace Gateway {

class Control;
class LocalProxies;
class LocalSettings;
class LocalTokens;

/// What an import found beside keys.
struct FoundOthers
{
    std::vector<std::pair<std::string, std::string>> settings; ///< By name, checked.
    std::vector<ImportedToken> tokens;
    std::vector<Secret> proxies;

    bool isEmpty() const { return settings.empty() && tokens.empty() && proxies.empty(); }
};

/// Takes settings, tokens and proxies of another gateway's configuration over into this one. What is here
/// already wins. Used in the control's thread.
class Takeover
{
public:
    /// All outlive this, and are used only after the construction of all.
    Takeover(Control &control, LocalSettings &settings, LocalTokens &tokens, LocalProxies &proxies);

    /// What would become of each, in the order of FoundOthers.
    std::vector<OtherFind> judged(const FoundOthers &found) const;

    /// Takes over what is new, one after another under the name of `actor`, then tells what became of each.
    void run(FoundOthers found, std::string actor, std::function<void(std::vector<OtherFind>)> done);

private:
    struct Run;

    OtherFind judgedSetting(const std::string &name, const std::string &value) const;
    std::vector<OtherFind> judgedTokens(const std::vector<ImportedToken> &tokens) const;
    std::vector<OtherFind> judgedProxies(const std::vector<Secret> &urls) const;
    void goOn(const std::shared_ptr<Run> &run);
    void take(const std::shared_ptr<Run> &run, std::size_t place);

    Control &m_control;
    LocalSettings &m_settings;
    LocalTokens &m_tokens;
    LocalProxies &m_proxies;
};

} // namespace Gateway
