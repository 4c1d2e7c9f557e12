#include "gateway/relay/partedrun.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "gateway/relay/affinity.h"
#include "gateway/relay/translatedpassage.h"

namespace Gateway {

namespace {

/// -1 stands for "not told".
void addTokens(TokenCounts &sum, const TokenCounts &more)
{
    static constexpr std::array COUNTS{&TokenCounts::prompt, &TokenCounts::candidates, &TokenCounts::thoughts,
                                       &TokenCounts::cached, &TokenCounts::toolUse,    &TokenCounts::total};
    for (const auto count : COUNTS) {
        if (more.*count >= 0)
            sum.*count = std::max<std::int64_t>(sum.*count, 0) + more.*count;
    }
}

} // namespace

PartedRun::PartedRun(RelayHost &host, RelayJob &whole, std::unique_ptr<Translation> translation,
                     std::vector<std::unique_ptr<Translation>> parts, TranslationInputs inputs)
    : m_host(host)
    , m_whole(whole)
    , m_translation(std::move(translation))
    , m_inputs(std::move(inputs))
{
    m_parts.reserve(parts.size());
    for (std::unique_ptr<Translation> &part : parts)
        m_parts.push_back({std::move(part), nullptr, std::make_shared<CollectedAnswer>()});
}

PartedRun::~PartedRun()
{
    cancelRest();
}

void PartedRun::begin()
{
    const auto self = shared_from_this();
    startMore();
}

void PartedRun::startMore()
{
    while (!m_over && m_running < AT_ONCE && m_next < m_parts.size())
        start(m_next++);
}

void PartedRun::start(std::size_t index)
{
    Part &part = m_parts[index];
    const ClientRequest &whole = m_whole.request();
    ClientRequest request;
    request.id = whole.id;
    request.keyTags = whole.keyTags;
    request.parameters = whole.parameters;
    request.arrivedMs = whole.arrivedMs;
    request.arrivedWallMs = whole.arrivedWallMs;
    auto down = std::make_unique<CollectingDown>(
        [slot = part.answer](CollectedAnswer answer) { *slot = std::move(answer); });
    const auto job =
        std::make_shared<RelayJob>(m_host, std::move(request), std::move(down), m_whole.record().dialect);
    // Called during the job's last call here at the latest: ~PartedRun() cancels what still runs.
    job->giveRecordTo([this, index](RequestRecord record) { partOver(index, std::move(record)); });
    part.job = job;
    ++m_running;
    Result<std::string> body = part.translation->geminiBody(m_inputs);
    if (!body) {
        job->refuse(body.error());
        return;
    }
    KeyTarget target;
    target.model = part.translation->model();
    target.inputTokens = estimatedTokens(*body);
    target.tags = whole.keyTags;
    job->run(std::make_unique<TranslatedPassage>(
                 TranslatedPassage::Wording{std::move(part.translation), std::move(*body)}, nullptr,
                 m_host.options().googleHost, m_host.parts().signatures, m_host.parts().clock,
                 whole.arrivedMs),
             std::move(target));
}

void PartedRun::partOver(std::size_t index, RequestRecord record)
{
    const auto self = weak_from_this().lock(); // null while this is being destroyed
    const int status = record.status;
    const std::string error = record.error;
    addToRecord(std::move(record));
    m_parts[index].job.reset();
    --m_running;
    if (m_over)
        return;
    if (status != 200) {
        cancelRest();
        m_whole.passOn(std::move(*m_parts[index].answer), error);
    } else if (m_running == 0 && m_next == m_parts.size()) {
        answerWhole();
    } else {
        startMore();
    }
}

void PartedRun::addToRecord(RequestRecord part)
{
    RequestRecord &whole = m_whole.record();
    if (part.keyId != 0)
        whole.keyId = part.keyId;
    std::move(part.attempts.begin(), part.attempts.end(), std::back_inserter(whole.attempts));
    addTokens(whole.tokens, part.tokens);
}

void PartedRun::cancelRest()
{
    m_over = true;
    for (Part &part : m_parts) {
        if (const std::shared_ptr<RelayJob> job = part.job)
            job->cancel();
    }
}

void PartedRun::answerWhole()
{
    m_over = true;
    std::vector<std::string> pieces;
    pieces.reserve(m_parts.size());
    for (Part &part : m_parts)
        pieces.push_back(std::move(part.answer->body));
    const Clock &clock = m_host.parts().clock;
    m_translation->setTime({clock.nowMs(), clock.monotonicMs() - m_whole.request().arrivedMs});
    m_whole.passOn({200, "application/json", {}, m_translation->joined(pieces, m_whole.record().tokens)}, {});
}

} // namespace Gateway
