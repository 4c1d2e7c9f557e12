#pragma once

#include <map>
#include <unordered_map>

#include "gateway/dialects/batches/batchrecord.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/errands/errand.h"

namespace Gateway {

/// Makes a client's batch: translates its requests, gives those of each model to Gemini as one batch, and
/// keeps on the shelf what belongs together. Requests that Gemini cannot be asked are told with the results.
class BatchMaking final : public Errand
{
public:
    using Errand::Errand;

    /// `record` knows what the client told. `kept`: what the shelf keeps with it.
    void start(BatchRecord record, std::vector<BatchItem> items, std::string kept);

private:
    /// The requests of one Gemini batch.
    struct Group
    {
        std::string model;
        std::string method;
        std::vector<std::pair<std::string, std::string>> requests; ///< Key and Gemini's JSON.
        std::int64_t items = 0;
        std::size_t bytes = 0;
    };

    bool readSome();
    void readItem(std::size_t index);
    Result<void> checkItem(const Translation &translation);
    void findSignatures();
    bool writeSome();
    void writeItem(std::size_t index);
    void addVectors(Group &group, const std::string &customId, const std::string &body);
    Group &groupFor(const Translation &translation);
    void refuseItem(std::size_t index, const Error &error);

    void submit();
    void submitAsFile(const Group &group);
    void send(std::string body, std::vector<std::string> owned);
    void sent(const CollectedAnswer &answer);
    void giveUp(const Error &error);
    void keep();

    BatchRecord m_record;
    std::string m_kept;
    std::vector<BatchItem> m_items;
    std::vector<std::unique_ptr<Translation>> m_translations; ///< Null for refused ones.
    std::map<std::string, Result<void>> m_admitted;           ///< By model.
    TranslationInputs m_inputs;
    std::vector<Group> m_groups;
    std::size_t m_next = 0;
};

/// How long batches, their results and the files they are made of are kept.
inline constexpr std::int64_t BATCH_LIFE_MS = 30LL * 86'400'000;

/// Shows a batch in the dialect of whoever left it.
std::string batchJson(Dialect dialect, const BatchRecord &record, std::string_view origin);

} // namespace Gateway
