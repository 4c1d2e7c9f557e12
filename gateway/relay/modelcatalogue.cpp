#include "gateway/relay/modelcatalogue.h"

#include <iterator>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::int64_t FRESH_MS = 600'000;
constexpr std::int64_t RETRY_MS = 60'000;
constexpr int MAX_PAGES = 50; // a page token that never ends must not keep us busy

} // namespace

ModelCatalogue::ModelCatalogue(const Clock &clock, FetchPage fetchPage)
    : m_clock(clock)
    , m_fetchPage(std::move(fetchPage))
{
}

void ModelCatalogue::list(Done done)
{
    if (m_models && m_clock.monotonicMs() - m_readAtMs < FRESH_MS) {
        done(m_models);
        return;
    }
    m_waiting.push_back(std::move(done));
    if (m_waiting.size() > 1)
        return;
    m_reading.clear();
    m_pages = 0;
    m_triedAtMs = m_clock.monotonicMs();
    readPage({});
}

void ModelCatalogue::keepFresh()
{
    const std::int64_t now = m_clock.monotonicMs();
    if (now - m_readAtMs >= FRESH_MS && now - m_triedAtMs >= RETRY_MS)
        list([](const Result<Models> &) {});
}

void ModelCatalogue::readPage(const std::string &pageToken)
{
    std::string query = "pageSize=1000";
    if (!pageToken.empty())
        query += "&pageToken=" + percentEncoded(pageToken);
    m_fetchPage(std::move(query), [this](const Result<std::string> &page) { takePage(page); });
}

void ModelCatalogue::takePage(const Result<std::string> &page)
{
    if (!page) {
        settle(tl::unexpected<Error>(page.error()));
        return;
    }
    std::string next;
    Result<std::vector<ModelInfo>> models = parseModelPage(*page, next);
    if (!models) {
        settle(tl::unexpected<Error>(std::move(models.error())));
        return;
    }
    std::move(models->begin(), models->end(), std::back_inserter(m_reading));
    if (!next.empty() && ++m_pages < MAX_PAGES) {
        readPage(next);
        return;
    }
    settle(std::make_shared<const std::vector<ModelInfo>>(std::move(m_reading)));
}

void ModelCatalogue::settle(Result<Models> result)
{
    if (result) {
        m_models = *result;
        m_readAtMs = m_clock.monotonicMs();
    } else if (m_models) {
        result = m_models;
    }
    m_reading = {};
    for (const Done &done : std::exchange(m_waiting, {}))
        done(result);
}

} // namespace Gateway
