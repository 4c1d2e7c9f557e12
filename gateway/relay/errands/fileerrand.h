#pragma once

#include "gateway/relay/errands/batchreader.h"

namespace Gateway {

/// /v1/files of OpenAI and of Anthropic, by method and what of the path follows. What models are to read goes
/// to Gemini's Files API; the lines of a batch stay here; the answers of a batch are made when first asked
/// for.
class FileErrand final : public BatchReader
{
public:
    using BatchReader::BatchReader;

    /// `id`: of the file, empty for all; `wantsContent`: its bytes instead of what is known of it.
    void run(const std::string &id, bool wantsContent);

private:
    void take();
    void keepLines(std::string name, std::string_view bytes, std::int64_t lifeMs);
    void sendToGemini(std::string name, std::string mime, std::string bytes, std::string purpose,
                      std::int64_t lifeMs);
    void list();
    void show(ShelfItem item);
    void content(const ShelfItem &item);
    void erase(const ShelfItem &item);
    void erased(const std::string &id);
    /// The file of that id, after its batch's answers were brought if it is one of them.
    void open(const std::string &id, Item done);
    void makeOutput(const std::string &batchId, const std::string &fileId, Item done);
    void keepOutput(const BatchRecord &record, const std::string &fileId, BatchTexts texts, Item done);
    std::string told(const ShelfItem &item) const;
    static Error missing(std::string_view id);
};

} // namespace Gateway
