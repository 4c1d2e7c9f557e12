#include "gateway/relay/jobcaches.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/dialects/cachecut.h"
#include "gateway/relay/affinity.h"

namespace Gateway {

namespace {

/// So far back from the mark a cache is looked for, as at Anthropic
/// (platform.claude.com/docs/en/build-with-claude/prompt-caching).
constexpr std::size_t MOST_PLACES = 20;
/// Google's least for most models; beneath it Google would refuse, or little be gained.
constexpr std::int64_t LEAST_TOKENS = 4096;
constexpr int BAD_REQUEST = 400;

/// Where `cut` may be made, from the mark backwards.
std::vector<std::size_t> placesOf(const CacheCut &cut, const CacheMark &mark)
{
    std::vector<std::size_t> places;
    for (std::size_t end = std::min(mark.turns + 1, cut.turnCount()); end-- > 0;) {
        if (cut.mayBegin(end))
            places.push_back(end);
        if (places.size() == MOST_PLACES)
            break;
    }
    return places;
}

std::int64_t settingsTokens(const CacheCut &cut)
{
    std::int64_t tokens = 0;
    for (const std::string_view setting : cut.settings())
        tokens += estimatedTokens(setting);
    return tokens;
}

} // namespace

JobCaches::JobCaches(CacheMaker &maker)
    : m_maker(maker)
{
}

void JobCaches::cut(const Lease &lease, const Passage &passage, const UpstreamRequest &request,
                    KeyRoute &route)
{
    const std::optional<CacheMark> mark = passage.cacheMark();
    if (!mark || lease.keyKind != KeyKind::Gemini || route.body)
        return;
    const std::optional<CacheCut> cut = CacheCut::of(request.body);
    const std::vector<std::size_t> places = cut ? placesOf(*cut, *mark) : std::vector<std::size_t>();
    if (places.empty())
        return;
    std::vector<std::string> all = cut->prints(passage.model(), places.front());
    std::vector<std::string> prints;
    for (const std::size_t place : places)
        prints.push_back(std::move(all[place]));
    PromptCaches &caches = m_maker.caches();
    const std::optional<PromptCaches::Found> found = caches.find(prints, lease.key);
    const std::size_t covered = found ? places[found->index] : 0;
    const std::int64_t newTokens =
        estimatedTokens(cut->between(covered, places.front())) + (found ? 0 : settingsTokens(*cut));
    if (newTokens >= LEAST_TOKENS)
        m_plans.push_back({{prints.front(), passage.model(), lease.key}, places.front()});
    if (!found)
        return;
    const CacheMaker::Subject subject{prints[found->index], passage.model(), lease.key};
    if (found->mayExtend)
        m_maker.extend(subject, found->name, found->ttlMs);
    if (route.url.empty())
        route.url = request.url;
    route.body = cut->rest(found->name, covered);
    route.cacheRefused = [this, subject, covered](int status) { refused(subject, covered, status); };
}

void JobCaches::refused(const CacheMaker::Subject &subject, std::size_t turns, int status)
{
    m_maker.caches().forget(subject.print, subject.key);
    if (status == BAD_REQUEST) // it is there, and Google does not like how it is used
        m_maker.caches().block(subject.key, subject.model);
    else
        m_plans.push_back({subject, turns});
}

void JobCaches::answered(KeyId key, const Passage &passage)
{
    const auto plan = std::ranges::find_if(m_plans, [&](const Plan &one) {
        return one.subject.key == key && one.subject.model == passage.model();
    });
    const std::optional<CacheMark> mark = passage.cacheMark();
    if (plan == m_plans.end() || !mark || m_maker.isBusy())
        return;
    const CacheMaker::Subject subject = plan->subject;
    const std::optional<CacheCut> cut = CacheCut::of(passage.upstream().body);
    if (cut && m_maker.caches().claim(subject.print, key, subject.model))
        m_maker.make(subject, cut->cache(subject.model, plan->turns, mark->ttlMs), mark->ttlMs);
}

} // namespace Gateway
