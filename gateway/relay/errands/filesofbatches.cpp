// The files that hold a batch's answers: made when first asked for.
#include <utility>

#include "gateway/dialects/batches/batchinput.h"
#include "gateway/dialects/batches/batchrecord.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/relay/errands/batchmaking.h"
#include "gateway/relay/errands/fileerrand.h"

namespace Gateway {

namespace {

constexpr std::string_view LINES = "application/jsonl";

} // namespace

void FileErrand::open(const std::string &id, Item done)
{
    parts().shelf.find(id, owner(), context(),
                       [self = shared_from_this(), this, id,
                        done = std::move(done)](Result<std::optional<ShelfItem>> found) {
                           const std::string batch = batchOfFile(id);
                           if (!found)
                               refuse(found.error());
                           else if (*found && (**found).kind == ShelfItem::FILE)
                               done(std::move(**found));
                           else if (!*found && !batch.empty())
                               makeOutput(batch, id, done);
                           else
                               refuse(missing(id));
                       });
}

void FileErrand::makeOutput(const std::string &batchId, const std::string &fileId, Item done)
{
    find(batchId, missing(fileId), [this, fileId, done = std::move(done)](const ShelfItem &batch) {
        refresh(batchRecordOf(batch.id, batch.createdMs, batch.state),
                [this, fileId, done](const BatchRecord &record) {
                    if (!record.isOver()) {
                        refuse(missing(fileId));
                        return;
                    }
                    parts().shelf.find(record.inputFile, owner(), context(),
                                       [self = shared_from_this(), this, record, fileId,
                                        done](const Result<std::optional<ShelfItem>> &input) {
                                           BatchInput lines;
                                           if (input && *input)
                                               lines = readBatchLines((**input).content, record.endpoint);
                                           readTexts(record, std::move(lines.items),
                                                     [this, record, fileId, done](BatchTexts texts) {
                                                         keepOutput(record, fileId, std::move(texts), done);
                                                     });
                                       });
                });
    });
}

/// Both files of the batch are kept once its answers are here; Google forgets them sooner.
void FileErrand::keepOutput(const BatchRecord &record, const std::string &fileId, BatchTexts texts, Item done)
{
    auto wanted = std::make_shared<ShelfItem>();
    auto pending = std::make_shared<int>(2);
    const auto settle = [this, wanted, pending, fileId, done = std::move(done)] {
        if (--*pending != 0)
            return;
        if (wanted->id.empty())
            refuse(missing(fileId));
        else
            done(std::move(*wanted));
    };
    for (const bool isErrors : {false, true}) {
        std::string &text = isErrors ? texts.errors : texts.output;
        if (text.empty()) {
            settle();
            continue;
        }
        ShelfItem item;
        item.id = isErrors ? errorFileOf(record.id) : outputFileOf(record.id);
        item.kind = ShelfItem::FILE;
        item.owner = owner();
        item.label = "batch_output";
        item.createdMs = record.endedMs;
        item.expiresMs = record.endedMs + (record.outputLifeMs != 0 ? record.outputLifeMs : BATCH_LIFE_MS);
        item.state = fileFactsJson({record.id + (isErrors ? "_error.jsonl" : "_output.jsonl"),
                                    std::string(LINES), static_cast<std::int64_t>(text.size()), "processed"});
        item.content = std::move(text);
        if (item.id == fileId)
            *wanted = item;
        put(std::move(item), settle);
    }
}

} // namespace Gateway
