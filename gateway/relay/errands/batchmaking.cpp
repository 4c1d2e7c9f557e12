#include "gateway/relay/errands/batchmaking.h"

#include <algorithm>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/dialects/batches/anthropicbatches.h"
#include "gateway/dialects/batches/geminibatch.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/errands/batchreader.h"
#include "gateway/relay/resources.h"

namespace Gateway {

namespace {

constexpr std::size_t ITEMS_A_STEP = 50;

/// Google takes 20 MB in one call; a file is cheaper to send again, and its answers come as lines.
constexpr std::size_t MOST_INLINE = 1u << 20;

constexpr std::string_view VECTORS = "asyncBatchEmbedContent";

Error mediaByUrl()
{
    return {400,
            "media_by_url_in_batch",
            "A batch cannot fetch pictures and files by URL: send them as data, or upload them with POST "
            "/v1/files and name their ids.",
            {},
            0};
}

} // namespace

std::string batchJson(Dialect dialect, const BatchRecord &record, std::string_view origin)
{
    return dialect == Dialect::Anthropic ? anthropicBatch(record, origin) : openAiBatch(record);
}

void BatchMaking::start(BatchRecord record, std::vector<BatchItem> items, std::string kept)
{
    m_record = std::move(record);
    m_items = std::move(items);
    m_kept = std::move(kept);
    if (!m_record.faults.empty()) {
        m_record.endedMs = nowMs();
        keep();
        return;
    }
    m_translations.resize(m_items.size());
    inSteps([this] { return readSome(); });
}

bool BatchMaking::readSome()
{
    for (std::size_t i = 0; i < ITEMS_A_STEP && m_next < m_items.size(); ++i)
        readItem(m_next++);
    if (!job())
        return false;
    if (m_next < m_items.size())
        return true;
    findSignatures();
    return false;
}

void BatchMaking::readItem(std::size_t index)
{
    const std::shared_ptr<RelayJob> open = job();
    if (!open)
        return;
    const MakeTranslation make = batchTranslation(dialect(), m_record.endpoint);
    const TranslationContext around{open->request().id, nowMs() / 1000};
    Result<std::unique_ptr<Translation>> translation = make(m_items[index].body, around);
    if (translation) {
        const ModelMeaning &meaning = names().meaning((*translation)->model(), parameters());
        translation = namedTranslation(std::move(*translation), meaning, make, m_items[index].body, around);
    }
    Result<void> sound = translation ? checkItem(**translation) : Result<void>(fail(translation.error()));
    if (sound)
        m_translations[index] = std::move(*translation);
    else
        refuseItem(index, sound.error());
}

Result<void> BatchMaking::checkItem(const Translation &translation)
{
    if (translation.isStream())
        return fail(Error{400, "unsupported_value", "'stream' cannot be true in a batch.", "stream", 0});
    if (!translation.wantedMedia().empty())
        return fail(mediaByUrl());
    const std::shared_ptr<RelayJob> open = job();
    auto admitted = m_admitted.find(translation.model());
    if (admitted == m_admitted.end())
        admitted = m_admitted.emplace(translation.model(), admit(open->request(), translation.model())).first;
    return admitted->second;
}

void BatchMaking::refuseItem(std::size_t index, const Error &error)
{
    m_translations[index].reset();
    m_record.refused.push_back({m_items[index].customId, error});
}

void BatchMaking::findSignatures()
{
    std::vector<std::string> wanted;
    for (const std::unique_ptr<Translation> &translation : m_translations) {
        if (translation)
            wanted.insert(wanted.end(), translation->wantedSignatures().begin(),
                          translation->wantedSignatures().end());
    }
    m_next = 0;
    const auto write = [self = shared_from_this(), this] { inSteps([this] { return writeSome(); }); };
    if (wanted.empty()) {
        write();
        return;
    }
    parts().signatures.find(std::move(wanted), context(), [this, write](KeyedMemory::Found found) {
        m_inputs.signatures = std::move(found);
        write();
    });
}

bool BatchMaking::writeSome()
{
    for (std::size_t i = 0; i < ITEMS_A_STEP && m_next < m_items.size(); ++i, ++m_next) {
        if (m_translations[m_next])
            writeItem(m_next);
    }
    if (!job())
        return false;
    if (m_next < m_items.size())
        return true;
    m_next = 0;
    submit();
    return false;
}

BatchMaking::Group &BatchMaking::groupFor(const Translation &translation)
{
    const std::string_view method =
        translation.method() == "generateContent" ? std::string_view("batchGenerateContent") : VECTORS;
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &group) {
        return group.model == translation.model() && group.method == method;
    });
    if (found != m_groups.end())
        return *found;
    m_groups.push_back({translation.model(), std::string(method), {}, 0, 0});
    return m_groups.back();
}

void BatchMaking::writeItem(std::size_t index)
{
    const std::unique_ptr<Translation> translation = std::move(m_translations[index]);
    Result<std::string> body = translation->geminiBody(m_inputs);
    if (!body) {
        refuseItem(index, body.error());
        return;
    }
    Group &group = groupFor(*translation);
    ++group.items;
    if (group.method == VECTORS) {
        addVectors(group, m_items[index].customId, *body);
        return;
    }
    group.bytes += body->size();
    group.requests.emplace_back(m_items[index].customId, std::move(*body));
}

/// Gemini's batches of vectors have one text a request.
void BatchMaking::addVectors(Group &group, const std::string &customId, const std::string &body)
{
    const Result<json::object> parsed = parseJsonObject(body);
    const json::array *requests = parsed ? arrayAt(*parsed, "requests") : nullptr;
    if (!requests)
        return;
    for (std::size_t i = 0; i < requests->size(); ++i) {
        std::string request = toJson((*requests)[i]);
        group.bytes += request.size();
        group.requests.emplace_back(customId + PART_MARK + std::to_string(i), std::move(request));
    }
}

void BatchMaking::submit()
{
    if (m_next == m_groups.size()) {
        if (m_groups.empty())
            m_record.endedMs = nowMs(); // nothing of it can be asked
        keep();
        return;
    }
    const Group &group = m_groups[m_next];
    if (group.bytes > MOST_INLINE) {
        submitAsFile(group);
        return;
    }
    std::string requests;
    for (const auto &[key, request] : group.requests) {
        if (!requests.empty())
            requests += ',';
        requests += inlinedRequest(key, request);
    }
    send(batchBody(m_record.id, requests, {}), {});
}

void BatchMaking::submitAsFile(const Group &group)
{
    std::string lines;
    lines.reserve(group.bytes + group.requests.size() * 64);
    for (const auto &[key, request] : group.requests)
        lines += batchLine(key, request);
    std::vector<std::string> owned = namedResources({}, {}, lines);
    upload(m_record.id, "application/jsonl", std::move(lines), owned,
           [this](const Result<std::string> &file) {
               const Result<json::object> parsed = file ? parseJsonObject(*file) : fail(file.error());
               if (parsed)
                   send(batchBody(m_record.id, {}, stringAt(*parsed, "name")), {});
               else
                   giveUp(parsed.error());
           });
}

void BatchMaking::send(std::string body, std::vector<std::string> owned)
{
    const Group &group = m_groups[m_next];
    GoogleCall call{"POST", "/v1beta/models/" + percentEncoded(group.model) + ':' + group.method};
    call.headers = {{"Content-Type", "application/json"}};
    call.body = std::move(body);
    call.owned = std::move(owned);
    ask(std::move(call), [this](const CollectedAnswer &answer) { sent(answer); });
}

void BatchMaking::sent(const CollectedAnswer &answer)
{
    Result<GeminiBatch> batch =
        isGood(answer) ? readGeminiBatch(answer.body) : Result<GeminiBatch>(fail(refusalOf(answer)));
    if (!batch) {
        giveUp(batch.error());
        return;
    }
    Group &group = m_groups[m_next++];
    std::string owner = parts().owners.cached(batch->name).value_or("");
    m_record.parts.push_back({std::move(*batch), group.model, group.items, std::move(owner)});
    group.requests.clear();
    submit();
}

/// Half a batch is none.
void BatchMaking::giveUp(const Error &error)
{
    for (const BatchPart &part : m_record.parts)
        ask({"POST", "/v1beta/" + part.batch.name + ":cancel"}, [](const CollectedAnswer &) {});
    refuse(error);
}

void BatchMaking::keep()
{
    ShelfItem item;
    item.id = m_record.id;
    item.kind = ShelfItem::BATCH;
    item.owner = owner();
    item.createdMs = m_record.createdMs;
    item.expiresMs = m_record.createdMs + BATCH_LIFE_MS;
    item.state = batchRecordJson(m_record);
    item.content = std::move(m_kept);
    put(std::move(item), [this] {
        if (const std::shared_ptr<RelayJob> open = job())
            answer(batchJson(dialect(), m_record, open->request().origin));
    });
}

} // namespace Gateway
