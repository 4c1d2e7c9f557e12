#include "gateway/relay/errands/batcherrand.h"

#include <algorithm>
#include <utility>

#include "gateway/common/ids.h"
#include "gateway/dialects/batches/anthropicbatches.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/relay/errands/batchmaking.h"
#include "gateway/relay/errands/listpage.h"

namespace Gateway {

namespace {

constexpr std::string_view OPENAI_ID = "batch_";
constexpr std::string_view ANTHROPIC_ID = "msgbatch_";
constexpr std::int64_t DAY_MS = 86'400'000;
constexpr int USUAL_PAGE = 20;
constexpr int LONGEST_PAGE = 100;
constexpr std::string_view JSON_LINES = "application/x-jsonl; charset=utf-8";

} // namespace

Error BatchErrand::missing(std::string_view id) const
{
    return {404, "not_found", "No batch found with id '" + std::string(id) + "'.", {}, 0};
}

void BatchErrand::run(const std::string &id, std::string_view action)
{
    const std::shared_ptr<RelayJob> open = job();
    const std::string &method = open->request().method;
    if (id.empty()) {
        if (method == "POST")
            make();
        else
            list();
        return;
    }
    find(id, missing(id), [this, action = std::string(action), method](const ShelfItem &item) {
        if (item.kind != ShelfItem::BATCH) {
            refuse(missing(item.id));
            return;
        }
        refresh(batchRecordOf(item.id, item.createdMs, item.state),
                [this, action, method, content = item.content](BatchRecord record) {
                    if (action == "cancel")
                        cancel(std::move(record));
                    else if (action == "results")
                        results(std::move(record), content);
                    else if (method == "DELETE")
                        erase(std::move(record));
                    else
                        show(std::move(record));
                });
    });
}

BatchRecord BatchErrand::newRecord(std::string_view idPrefix) const
{
    BatchRecord record;
    record.id = makeId(idPrefix);
    record.createdMs = nowMs();
    record.expiresMs = record.createdMs + DAY_MS;
    return record;
}

void BatchErrand::make()
{
    if (isOpenAi())
        makeOpenAi();
    else
        makeAnthropic();
}

void BatchErrand::makeOpenAi()
{
    const std::shared_ptr<RelayJob> open = job();
    const Result<OpenAiBatchOrder> order = readOpenAiBatch(open->request().body);
    if (!order) {
        refuse(order.error());
        return;
    }
    const Error noFile{404, "file_not_found", "No such File object: " + order->inputFile, "input_file_id", 0};
    find(order->inputFile, noFile, [this, order = *order](const ShelfItem &file) {
        const std::shared_ptr<RelayJob> alive = job();
        if (!alive)
            return;
        if (file.kind != ShelfItem::FILE || file.label != "batch") {
            refuse({400, "invalid_value",
                    "The file " + file.id + " was not uploaded with the purpose 'batch'.", "input_file_id",
                    0});
            return;
        }
        BatchRecord record = newRecord(OPENAI_ID);
        record.endpoint = order.endpoint;
        record.inputFile = file.id;
        record.metadata = order.metadata;
        record.outputLifeMs = order.outputLifeMs;
        BatchInput input = readBatchLines(file.content, order.endpoint);
        record.faults = std::move(input.faults);
        std::make_shared<BatchMaking>(surroundings(), alive, dialect())
            ->start(std::move(record), std::move(input.items), {});
    });
}

void BatchErrand::makeAnthropic()
{
    const std::shared_ptr<RelayJob> open = job();
    Result<std::vector<BatchItem>> items = readBatchRequests(open->request().body);
    if (!items) {
        refuse(items.error());
        return;
    }
    std::string kept = keptItems(*items);
    std::make_shared<BatchMaking>(surroundings(), open, dialect())
        ->start(newRecord(ANTHROPIC_ID), std::move(*items), std::move(kept));
}

void BatchErrand::show(BatchRecord record)
{
    if (const std::shared_ptr<RelayJob> open = job())
        answer(batchJson(dialect(), record, open->request().origin));
}

void BatchErrand::cancel(BatchRecord record)
{
    if (record.isOver() && isOpenAi()) {
        refuse({409, "batch_is_over", "The batch is over and cannot be cancelled.", {}, 0});
        return;
    }
    if (record.isOver()) {
        show(std::move(record));
        return;
    }
    if (record.cancelMs == 0)
        record.cancelMs = nowMs();
    parts().shelf.setState(record.id, batchRecordJson(record));
    auto shared = std::make_shared<BatchRecord>(std::move(record));
    auto pending = std::make_shared<std::size_t>(1);
    const auto settle = [this, shared, pending](const CollectedAnswer *answer) {
        if (answer && !isGood(*answer))
            refuse(refusalOf(*answer));
        if (--*pending == 0)
            show(*shared);
    };
    for (const BatchPart &part : shared->parts) {
        if (isOver(part.batch.state))
            continue;
        ++*pending;
        ask({"POST",
             "/v1beta/" + part.batch.name + ":cancel",
             {},
             {{"Content-Type", "application/json"}},
             "{}"},
            [settle](const CollectedAnswer &answer) { settle(&answer); });
    }
    settle(nullptr);
}

void BatchErrand::erase(BatchRecord record)
{
    if (!record.isOver()) {
        refuse(
            {400, "batch_is_running", "The batch still runs: cancel it, or wait until it has ended.", {}, 0});
        return;
    }
    for (const BatchPart &part : record.parts) // what Google has forgotten already is as good as deleted
        ask({"DELETE", "/v1beta/" + part.batch.name}, [](const CollectedAnswer &) {});
    parts().shelf.remove(record.id, context(),
                         [self = shared_from_this(), this, id = record.id](const Result<void> &done) {
                             if (done)
                                 answer(anthropicDeleted(id, "message_batch_deleted"));
                             else
                                 refuse(done.error());
                         });
}

void BatchErrand::results(BatchRecord record, const std::string &content)
{
    if (!record.isOver()) {
        refuse({404, "not_found", "The batch has not ended: its results are not there yet.", {}, 0});
        return;
    }
    readTexts(record, readKeptItems(content),
              [this](const BatchTexts &texts) { answer(texts.output, JSON_LINES); });
}

void BatchErrand::list()
{
    const std::shared_ptr<RelayJob> open = job();
    const Result<ListPage> page = readListPage(dialect(), open->request().query, USUAL_PAGE, LONGEST_PAGE);
    if (!page) {
        refuse(page.error());
        return;
    }
    ShelfQuery query = page->query;
    query.kind = ShelfItem::BATCH;
    query.owner = owner();
    query.idPrefix = isOpenAi() ? OPENAI_ID : ANTHROPIC_ID;
    parts().shelf.list(query, context(),
                       [self = shared_from_this(), this, page = *page](Result<std::vector<ShelfItem>> items) {
                           if (!items) {
                               refuse(items.error());
                               return;
                           }
                           const bool hasMore = trimPage(page, *items);
                           listed(std::move(*items), hasMore);
                       });
}

void BatchErrand::listed(std::vector<ShelfItem> items, bool hasMore)
{
    auto records = std::make_shared<std::vector<BatchRecord>>(items.size());
    auto pending = std::make_shared<std::size_t>(items.size() + 1);
    const auto settle = [this, records, pending, hasMore] {
        const std::shared_ptr<RelayJob> open = job();
        if (--*pending != 0 || !open)
            return;
        std::vector<std::string> objects;
        std::vector<std::string> ids;
        for (const BatchRecord &record : *records) {
            objects.push_back(batchJson(dialect(), record, open->request().origin));
            ids.push_back(record.id);
        }
        answer(isOpenAi() ? openAiList(objects, ids, hasMore) : anthropicList(objects, ids, hasMore));
    };
    for (std::size_t i = 0; i < items.size(); ++i)
        refresh(batchRecordOf(items[i].id, items[i].createdMs, items[i].state),
                [records, i, settle](BatchRecord record) {
                    (*records)[i] = std::move(record);
                    settle();
                });
    settle();
}

} // namespace Gateway
