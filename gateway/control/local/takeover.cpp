#include "gateway/control/local/takeover.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "gateway/control/control.h"
#include "gateway/control/local/localproxies.h"
#include "gateway/control/local/localsettings.h"
#include "gateway/control/local/localtokens.h"
#include "gateway/telemetry/redact.h"

namespace Gateway {

namespace {

bool isLocked(SettingSource source)
{
    return source == SettingSource::Environment || source == SettingSource::CommandLine;
}

/// `wanted`, or with the first number that makes it another: "imported 3".
std::string freeName(const std::string &wanted, const std::set<std::string> &taken)
{
    if (!taken.contains(wanted))
        return wanted;
    const std::string stem = wanted.substr(0, wanted.find_last_not_of("0123456789 ") + 1);
    std::string name;
    for (int number = 1; name.empty() || taken.contains(name); ++number)
        name = stem + ' ' + std::to_string(number);
    return name;
}

} // namespace

struct Takeover::Run
{
    FoundOthers found;
    std::vector<OtherFind> told;
    std::string actor;
    std::function<void(std::vector<OtherFind>)> done;
    std::size_t next = 0;
};

Takeover::Takeover(Control &control, LocalSettings &settings, LocalTokens &tokens, LocalProxies &proxies)
    : m_control(control)
    , m_settings(settings)
    , m_tokens(tokens)
    , m_proxies(proxies)
{
}

OtherFind Takeover::judgedSetting(const std::string &name, const std::string &value) const
{
    OtherFind told{FindKind::Setting, name, {}, FindVerdict::New, {}};
    const SettingRow *row = findSetting(name);
    if (!row) {
        told.verdict = FindVerdict::Refused;
        told.note = "There is no setting of this name.";
        return told;
    }
    told.value = shownText(*row, value);
    const Settings &current = *m_settings.current();
    Settings trial;
    if (const Result<void> taken = trial.set(row->id, value, SettingSource::Store); !taken) {
        told.verdict = FindVerdict::Refused;
        told.note = redacted(taken.error().text);
    } else if (isLocked(current.source(row->id))) {
        told.verdict = FindVerdict::Locked;
    } else if (trial.text(row->id) == current.text(row->id)) {
        told.verdict = FindVerdict::Known;
    } else if (current.source(row->id) == SettingSource::Store) {
        told.verdict = FindVerdict::Known;
        told.note = "set_here";
    }
    return told;
}

std::vector<OtherFind> Takeover::judgedTokens(const std::vector<ImportedToken> &tokens) const
{
    std::set<std::string> names;
    for (const TokenRow &row : m_tokens.rows())
        names.insert(row.settings.name);
    std::vector<OtherFind> told;
    for (const ImportedToken &token : tokens) {
        OtherFind &find = told.emplace_back();
        find.kind = FindKind::Token;
        find.name = token.settings.name;
        find.value = "…" + tokenRow(token.secret, {}, 0).hint;
        if (const std::string known = m_tokens.nameOf(token.secret); !known.empty()) {
            find.verdict = FindVerdict::Known;
            find.name = known;
            continue;
        }
        find.name = freeName(find.name, names);
        names.insert(find.name);
    }
    return told;
}

std::vector<OtherFind> Takeover::judgedProxies(const std::vector<Secret> &urls) const
{
    std::vector<OtherFind> told;
    std::set<std::string> seen;
    for (const Secret &url : urls) {
        OtherFind find{FindKind::Proxy, {}, redacted(url.reveal()), FindVerdict::New, {}};
        const Result<void> sound = m_proxies.checkUrl(url.reveal(), 0);
        if ((!sound && sound.error().status == 409) || !seen.insert(url.reveal()).second) {
            find.verdict = FindVerdict::Known;
        } else if (!sound) {
            find.verdict = FindVerdict::Refused;
            find.note = sound.error().text;
        }
        told.push_back(std::move(find));
    }
    return told;
}

std::vector<OtherFind> Takeover::judged(const FoundOthers &found) const
{
    std::vector<OtherFind> told;
    for (const auto &[name, value] : found.settings)
        told.push_back(judgedSetting(name, value));
    for (std::vector<OtherFind> part : {judgedTokens(found.tokens), judgedProxies(found.proxies)})
        told.insert(told.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    return told;
}

void Takeover::run(FoundOthers found, std::string actor, std::function<void(std::vector<OtherFind>)> done)
{
    auto run = std::make_shared<Run>();
    run->told = judged(found);
    run->found = std::move(found);
    run->actor = std::move(actor);
    run->done = std::move(done);
    goOn(run);
}

void Takeover::goOn(const std::shared_ptr<Run> &run)
{
    while (run->next < run->told.size() && run->told[run->next].verdict != FindVerdict::New)
        ++run->next;
    if (run->next < run->told.size())
        take(run, run->next++);
    else
        run->done(std::move(run->told));
}

/// A reply comes from the event loop, so a long list is no deep recursion.
void Takeover::take(const std::shared_ptr<Run> &run, std::size_t place)
{
    const auto ended = [this, run, place](const auto &result) {
        if (!result) {
            run->told[place].verdict = FindVerdict::Refused;
            run->told[place].note = redacted(result.error().text);
        }
        goOn(run);
    };
    const ActingAs acting(m_control, run->actor);
    const FoundOthers &found = run->found;
    if (place < found.settings.size()) {
        const auto &[name, value] = found.settings[place];
        m_settings.set(name, value, {&m_control, ended});
        return;
    }
    std::size_t rest = place - found.settings.size();
    if (rest < found.tokens.size()) {
        TokenSettings settings = found.tokens[rest].settings;
        settings.name = run->told[place].name;
        m_tokens.adopt(found.tokens[rest].secret, std::move(settings), {&m_control, ended});
        return;
    }
    rest -= found.tokens.size();
    m_proxies.add({found.proxies[rest].reveal(), {}}, {&m_control, ended});
}

} // namespace Gateway
