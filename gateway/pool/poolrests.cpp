// What PoolCore makes of a 429, and which key's row in the store holds it.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/pool/poolcore.h"

namespace Gateway {

bool PoolCore::applyRest(const Lease &lease, ModelState *model, const HealthVerdict &verdict,
                         const Outcome &outcome, const PoolMoment &now, std::vector<ModelRest> &changes)
{
    if (!verdict.liftsRest && verdict.restUntilMs == 0)
        return false;
    const bool isWhole = lease.model.empty();
    if (!isWhole && (model == nullptr || !model->isRemembered()))
        return false; // no room to remember it
    const ScopeId scope = m_table.at(lease.m_slot).scope;
    const Rest *known = isWhole ? m_table.wholeRests().find(lease.m_slot) : model->rests.find(scope);
    std::optional<Rest> old; // one that is over, though nobody has looked since, is none
    if (known != nullptr && known->kind == RestKind::Real && known->untilMs > now.wallMs)
        old = *known;
    if (verdict.liftsRest) {
        if (!old)
            return false;
        if (isWhole)
            m_table.liftWholeRest(lease.m_slot);
        else
            m_table.liftRest(*model, scope);
        if (!isWhole && old->teller != lease.m_slot) {
            untell(*old, scope, lease.m_slot, lease.model);
            return false;
        }
        changes.push_back({lease.model, 0, {}});
        return true;
    }
    // Several leases may meet the same 429: the longest rest holds.
    if (old && !verdict.replacesRest && old->untilMs > verdict.restUntilMs)
        return false;
    Rest rest{verdict.restUntilMs, verdict.probeMs, m_table.words().numberOf(outcome.reason)};
    const bool isNew = !old || old->untilMs != verdict.restUntilMs;
    rest.teller = isNew ? lease.m_slot : old->teller;
    if (isWhole)
        m_table.putWholeRest(lease.m_slot, rest);
    else
        m_table.putRest(*model, scope, rest);
    if (!isNew)
        return false;
    if (old && !isWhole)
        untell(*old, scope, lease.m_slot, lease.model);
    changes.push_back({lease.model, rest.untilMs, m_table.words().text(rest.reason)});
    return true;
}

void PoolCore::untell(const Rest &rest, ScopeId scope, std::uint32_t slot, const std::string &model)
{
    if (rest.teller == slot)
        return;
    const KeySlot &teller = m_table.at(rest.teller);
    if (teller.id != 0 && teller.scope == scope)
        changed(rest.teller, {{model, 0, {}}});
}

void PoolCore::handOn(std::uint32_t slot)
{
    const ScopeId scope = m_table.at(slot).scope;
    if (m_table.scopes().at(scope).rests == 0 || !ScopeTable::isProject(scope))
        return;
    std::uint32_t heir = KeyTable::NONE;
    m_table.scopes().anyMember(scope, [&](std::uint32_t member) {
        heir = member == slot ? heir : member;
        return heir != KeyTable::NONE;
    });
    if (heir == KeyTable::NONE)
        return;
    std::vector<ModelRest> inherited;
    for (const std::unique_ptr<ModelState> &model : m_table.models()) {
        const Rest *rest = model->rests.find(scope);
        if (rest == nullptr || rest->kind != RestKind::Real || rest->teller != slot)
            continue;
        Rest held = *rest;
        held.teller = heir;
        inherited.push_back({model->name, held.untilMs, m_table.words().text(held.reason)});
        m_table.putRest(*model, scope, held);
    }
    if (!inherited.empty())
        changed(heir, std::move(inherited));
}

std::vector<ModelRest> PoolCore::restsOf(std::uint32_t slot, const PoolMoment &now) const
{
    std::vector<ModelRest> found;
    const auto collect = [&](const std::string &model, const Rest *rest) {
        if (rest != nullptr && rest->kind == RestKind::Real && rest->untilMs > now.wallMs)
            found.push_back({model, rest->untilMs, m_table.words().text(rest->reason)});
    };
    collect({}, m_table.wholeRests().find(slot));
    const ScopeId scope = m_table.at(slot).scope;
    if (m_table.scopes().at(scope).rests != 0) {
        for (const std::unique_ptr<ModelState> &model : m_table.models())
            collect(model->name, model->rests.find(scope));
    }
    return found;
}

} // namespace Gateway
