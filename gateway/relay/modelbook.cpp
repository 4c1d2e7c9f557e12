#include "gateway/relay/modelbook.h"

#include <algorithm>
#include <cmath>

namespace Gateway {

namespace {

constexpr std::size_t MAX_MODELS = 64;
constexpr std::uint32_t LEAST_SAMPLES = 20;
constexpr std::uint32_t AGING_SAMPLES = 1000; // then all counts are halved, so that the past fades
constexpr double BUCKETS_A_DOUBLING = 4;

constexpr std::uint32_t ONE_OF = 10;
constexpr std::uint32_t AGING_REQUESTS = 2000;

} // namespace

const ModelBook::Page *ModelBook::find(std::string_view model) const
{
    const auto found = m_byModel.find(model);
    return found == m_byModel.end() ? nullptr : &*found->second;
}

ModelBook::Page &ModelBook::pageOf(std::string_view model)
{
    if (const auto found = m_byModel.find(model); found != m_byModel.end()) {
        m_pages.splice(m_pages.begin(), m_pages, found->second);
        return m_pages.front();
    }
    if (m_pages.size() >= MAX_MODELS) {
        m_byModel.erase(m_pages.back().model);
        m_pages.pop_back();
    }
    m_pages.emplace_front();
    m_pages.front().model = model;
    m_byModel.emplace(model, m_pages.begin());
    return m_pages.front();
}

void ModelBook::count(Page &page, std::int64_t ms)
{
    const double exact =
        std::ceil(BUCKETS_A_DOUBLING * std::log2(static_cast<double>(std::max<std::int64_t>(ms, 1))));
    ++page.counts[std::min(static_cast<std::size_t>(exact), BUCKETS - 1)];
    if (++page.total < AGING_SAMPLES)
        return;
    page.total = 0;
    for (std::uint16_t &counted : page.counts) {
        counted = static_cast<std::uint16_t>(counted / 2);
        page.total += counted;
    }
}

void ModelBook::answered(std::string_view model, bool isChat, std::int64_t ms)
{
    Page &page = pageOf(model);
    (isChat ? page.chat : page.other) = true;
    if (isChat)
        count(page, ms);
}

std::optional<std::int64_t> ModelBook::slowMs(std::string_view model) const
{
    const Page *page = find(model);
    if (page == nullptr || page->total < LEAST_SAMPLES)
        return std::nullopt;
    const std::uint32_t slower = page->total / 20; // so many may be later
    std::uint32_t above = 0;
    for (std::size_t bucket = BUCKETS - 1; bucket > 0; --bucket) {
        above += page->counts[bucket];
        if (above > slower)
            return static_cast<std::int64_t>(
                std::ceil(std::exp2(static_cast<double>(bucket) / BUCKETS_A_DOUBLING)));
    }
    return 1;
}

bool ModelBook::hasAnswered(std::string_view model, bool isChat) const
{
    const Page *page = find(model);
    return page != nullptr && (isChat ? page->chat : page->other);
}

void Share::request()
{
    if (++m_requests < AGING_REQUESTS)
        return;
    m_requests /= 2;
    m_taken /= 2;
}

bool Share::take()
{
    if ((m_taken + 1) * ONE_OF > m_requests)
        return false;
    ++m_taken;
    return true;
}

} // namespace Gateway
