#pragma once

#include <optional>
#include <unordered_map>

#include "gateway/dialects/batches/batchrecord.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/errands/errand.h"
#include "gateway/relay/preparation.h"

namespace Gateway {

/// The lines of a batch that is over, in the client's dialect. Anthropic's has all of them in `output`.
struct BatchTexts
{
    std::string output;
    std::string errors;
};

/// How the requests of a batch are translated.
MakeTranslation batchTranslation(Dialect dialect, std::string_view endpoint);

/// Within a batch, parts of one request's key are told apart by what follows this character.
inline constexpr char PART_MARK = '\x1f';

/// An errand that looks at batches: asks Google how far they are and brings their answers back.
class BatchReader : public Errand
{
public:
    using Errand::Errand;

protected:
    using Record = std::function<void(BatchRecord record)>;
    using Texts = std::function<void(BatchTexts texts)>;

    /// Asks after the parts that run, and keeps what is new.
    void refresh(BatchRecord record, Record done);
    /// The lines of a batch that is over; ends the request with an error where they cannot be had.
    void readTexts(const BatchRecord &record, std::vector<BatchItem> items, Texts done);

private:
    struct Reading;

    void rememberOwner(const BatchPart &part);
    void fetchPart(const std::shared_ptr<Reading> &reading, std::size_t index);
    void fetchLines(const std::shared_ptr<Reading> &reading, std::size_t index);
    void takeLines(const std::shared_ptr<Reading> &reading, std::size_t index, std::string lines);
    void takeAnswer(Reading &reading, const BatchAnswer &answer);
    void tellAnswer(Reading &reading, const std::string &customId, const std::string &response);
    void tellError(Reading &reading, const std::string &customId, const Error &error);
    void tellJoined(Reading &reading);
    void tellUnanswered(Reading &reading);
    Result<std::string> translated(const Reading &reading, const std::string &customId,
                                   const std::string &response) const;
};

} // namespace Gateway
