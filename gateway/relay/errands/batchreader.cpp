#include "gateway/relay/errands/batchreader.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/batches/anthropicbatches.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/relay/resources.h"
#include "gateway/relay/translatedpassage.h"

namespace Gateway {

namespace {

constexpr int LINES_A_STEP = 50;

/// The elements of an operation as lines, so that both kinds of answers are read alike.
std::string linesOf(std::string_view operation)
{
    std::string lines;
    forEachInlined(operation, [&lines](const BatchAnswer &answer) {
        json::object line{{"key", answer.key}};
        line[answer.response ? "response" : "error"] = answer.response ? *answer.response : *answer.error;
        appendJson(lines, line);
        lines += '\n';
    });
    return lines;
}

/// Something to translate the answer with when the client has deleted its requests.
std::string stopgapBody(const std::string &model)
{
    const json::object message{{"role", "user"}, {"content", "-"}};
    return toJson(json::object{
        {"model", model}, {"max_tokens", 1}, {"messages", json::array{message}}, {"input", "-"}});
}

} // namespace

MakeTranslation batchTranslation(Dialect dialect, std::string_view endpoint)
{
    if (dialect == Dialect::Anthropic)
        return anthropicMessages;
    if (endpoint == "/v1/responses")
        return openAiBatchedResponse;
    return endpoint == "/v1/embeddings" ? openAiEmbeddings : openAiChat;
}

/// A batch whose answers are on their way back.
struct BatchReader::Reading
{
    BatchRecord record;
    std::vector<BatchItem> items;
    std::unordered_map<std::string_view, std::size_t> byId;
    std::vector<bool> isTold;                                         ///< By item.
    std::map<std::string, std::map<std::size_t, std::string>> joined; ///< Vectors by request and place.
    std::int64_t number = 0;
    BatchTexts texts;
    Texts done;
};

void BatchReader::refresh(BatchRecord record, Record done)
{
    if (record.isOver()) {
        done(std::move(record));
        return;
    }
    auto shared = std::make_shared<BatchRecord>(std::move(record));
    auto pending = std::make_shared<std::size_t>(1);
    const auto settle = [this, self = shared_from_this(), shared, pending, done = std::move(done)] {
        if (--*pending != 0)
            return;
        if (isOver(shared->state()))
            shared->endedMs = nowMs();
        parts().shelf.setState(shared->id, batchRecordJson(*shared));
        done(std::move(*shared));
    };
    for (std::size_t i = 0; i < shared->parts.size(); ++i) {
        if (isOver(shared->parts[i].batch.state))
            continue;
        rememberOwner(shared->parts[i]);
        ++*pending;
        ask({"GET", "/v1beta/" + shared->parts[i].batch.name},
            [shared, i, settle](const CollectedAnswer &answer) {
                BatchPart &part = shared->parts[i];
                Result<GeminiBatch> batch = isGood(answer) ? readGeminiBatch(answer.body)
                                                           : Result<GeminiBatch>(fail(refusalOf(answer)));
                if (batch && shared->endpoint == "/v1/embeddings") { // Google counts texts, not requests
                    batch->failed = std::min(batch->failed, part.total);
                    batch->succeeded = isOver(batch->state) ? part.total - batch->failed : 0;
                }
                if (batch) {
                    part.batch = std::move(*batch);
                } else if (answer.status == 404 || answer.status == 403) { // gone, or its key is
                    part.batch.state = BatchState::Failed;
                    part.batch.error = "Gemini knows this batch no more: " + batch.error().text;
                }
                settle();
            });
    }
    settle();
}

/// The batch is on the disk before its client knows of it; who owns what is written a little later.
void BatchReader::rememberOwner(const BatchPart &part)
{
    const std::string &name = part.batch.name;
    if (!part.owner.empty() && !parts().owners.cached(name))
        parts().owners.put(name, part.owner, ownershipEndMs(name, nowMs()));
}

void BatchReader::readTexts(const BatchRecord &record, std::vector<BatchItem> items, Texts done)
{
    auto reading = std::make_shared<Reading>();
    reading->record = record;
    reading->items = std::move(items);
    reading->isTold.resize(reading->items.size());
    reading->done = std::move(done);
    for (std::size_t i = 0; i < reading->items.size(); ++i)
        reading->byId.emplace(reading->items[i].customId, i);
    for (const RefusedItem &item : record.refused)
        tellError(*reading, item.customId, item.error);
    fetchPart(reading, 0);
}

void BatchReader::fetchPart(const std::shared_ptr<Reading> &reading, std::size_t index)
{
    if (index == reading->record.parts.size()) {
        tellJoined(*reading);
        tellUnanswered(*reading);
        reading->done(std::move(reading->texts));
        return;
    }
    rememberOwner(reading->record.parts[index]);
    const GeminiBatch &batch = reading->record.parts[index].batch;
    if (!batch.responsesFile.empty()) {
        fetchLines(reading, index);
        return;
    }
    if (batch.state == BatchState::Failed) {
        fetchPart(reading, index + 1);
        return;
    }
    ask({"GET", "/v1beta/" + batch.name}, [this, reading, index](const CollectedAnswer &answer) {
        if (isGood(answer))
            takeLines(reading, index, linesOf(answer.body));
        else
            refuse(refusalOf(answer));
    });
}

void BatchReader::fetchLines(const std::shared_ptr<Reading> &reading, std::size_t index)
{
    const GeminiBatch &batch = reading->record.parts[index].batch;
    GoogleCall download{"GET", "/download/v1beta/" + batch.responsesFile + ":download", "alt=media"};
    download.owned = {batch.name};
    ask(std::move(download), [this, reading, index](CollectedAnswer answer) {
        if (isGood(answer))
            takeLines(reading, index, std::move(answer.body));
        else
            refuse(refusalOf(answer));
    });
}

void BatchReader::takeLines(const std::shared_ptr<Reading> &reading, std::size_t index, std::string lines)
{
    auto text = std::make_shared<const std::string>(std::move(lines));
    inSteps([this, reading, index, text, rest = std::string_view(*text)]() mutable {
        for (int i = 0; i < LINES_A_STEP && !rest.empty(); ++i) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            forEachLineAnswer(rest.substr(0, end),
                              [&](const BatchAnswer &answer) { takeAnswer(*reading, answer); });
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        if (!rest.empty())
            return true;
        fetchPart(reading, index + 1);
        return false;
    });
}

void BatchReader::takeAnswer(Reading &reading, const BatchAnswer &answer)
{
    const std::size_t mark = answer.key.find(PART_MARK);
    const std::string customId = answer.key.substr(0, mark);
    if (answer.error) {
        const int status = static_cast<int>(integerAt(*answer.error, "code", 13));
        // A google.rpc.Code or, from some models, a status of HTTP.
        static constexpr std::array<int, 17> HTTP{200, 499, 500, 400, 504, 404, 409, 403, 429,
                                                  400, 409, 400, 501, 500, 503, 500, 401};
        const int http = status < 17 ? HTTP[static_cast<std::size_t>(std::max(status, 0))] : status;
        const std::string body = toJson(json::object{{"error", *answer.error}});
        Error error = errorFromGemini(http, body);
        error.status = http;
        tellError(reading, customId, error);
        return;
    }
    if (mark == std::string::npos) {
        tellAnswer(reading, customId, toJson(*answer.response));
        return;
    }
    const json::object *embedding = objectAt(*answer.response, "embedding");
    const auto place = static_cast<std::size_t>(std::strtoull(answer.key.c_str() + mark + 1, nullptr, 10));
    reading.joined[customId][place] = embedding ? toJson(*embedding) : "{}";
}

Result<std::string> BatchReader::translated(const Reading &reading, const std::string &customId,
                                            const std::string &response) const
{
    const auto found = reading.byId.find(customId);
    std::string body = found == reading.byId.end() ? stopgapBody(reading.record.parts.front().model)
                                                   : reading.items[found->second].body;
    const MakeTranslation make = batchTranslation(dialect(), reading.record.endpoint);
    const std::int64_t endedMs = reading.record.endedMs != 0 ? reading.record.endedMs : nowMs();
    const TranslationContext around{reading.record.id + '_' + std::to_string(reading.number), endedMs / 1000};
    Result<std::unique_ptr<Translation>> translation = make(body, around);
    if (translation) {
        const ModelMeaning &meaning = names().meaning((*translation)->model(), parameters());
        translation = namedTranslation(std::move(*translation), meaning, make, body, around);
    }
    if (!translation)
        return fail(translation.error());
    static_cast<void>((*translation)->geminiBody({})); // some translations note there what they asked for
    (*translation)->setTime({endedMs, 0});
    (*translation)->restart();
    Result<std::string> answer = (*translation)->answer(response);
    for (auto &[callId, signature] : (*translation)->takeSignatures())
        parts().signatures.put(std::move(callId), std::move(signature), signatureEndMs(nowMs()));
    return answer;
}

void BatchReader::tellAnswer(Reading &reading, const std::string &customId, const std::string &response)
{
    const Result<std::string> body = translated(reading, customId, response);
    if (!body) {
        tellError(reading, customId, body.error());
        return;
    }
    ++reading.number;
    if (const auto found = reading.byId.find(customId); found != reading.byId.end())
        reading.isTold[found->second] = true;
    reading.texts.output += isOpenAi()
                                ? openAiAnswerLine(reading.record, reading.number, customId, 200, *body)
                                : anthropicSucceeded(customId, *body);
}

void BatchReader::tellError(Reading &reading, const std::string &customId, const Error &error)
{
    if (const auto found = reading.byId.find(customId); found != reading.byId.end()) {
        if (reading.isTold[found->second])
            return; // another of its texts failed before
        reading.isTold[found->second] = true;
    }
    ++reading.number;
    if (isOpenAi())
        reading.texts.errors += openAiAnswerLine(reading.record, reading.number, customId, error.status,
                                                 errorBody(Dialect::OpenAi, error));
    else
        reading.texts.output += anthropicErrored(customId, error);
}

void BatchReader::tellJoined(Reading &reading)
{
    for (const auto &[customId, vectors] : reading.joined) {
        const auto found = reading.byId.find(customId);
        if (found != reading.byId.end() && reading.isTold[found->second])
            continue; // one of its texts failed
        std::string response = "{\"embeddings\":[";
        for (const auto &[place, vector] : vectors) {
            if (place != vectors.begin()->first)
                response += ',';
            response += vector;
        }
        tellAnswer(reading, customId, response + "]}");
    }
}

void BatchReader::tellUnanswered(Reading &reading)
{
    const BatchState state = reading.record.state();
    for (std::size_t i = 0; i < reading.items.size(); ++i) {
        const std::string &customId = reading.items[i].customId;
        if (reading.isTold[i])
            continue;
        const bool isCancelled = state == BatchState::Cancelled;
        if (!isCancelled && state != BatchState::Expired) {
            tellError(reading, customId,
                      Error{500, "no_answer", "Gemini gave no answer to this request.", {}, 0});
        } else if (isOpenAi()) {
            reading.texts.errors += openAiNoAnswerLine(
                reading.record, ++reading.number, customId, isCancelled ? "batch_cancelled" : "batch_expired",
                isCancelled ? "The batch was cancelled before this request was answered."
                            : "This request could not be answered before the batch expired.");
        } else {
            reading.texts.output += anthropicUnanswered(customId, isCancelled ? "canceled" : "expired");
        }
    }
}

} // namespace Gateway
