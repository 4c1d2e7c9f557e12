#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/collectingdown.h"
#include "gateway/relay/relayjob.h"

namespace Gateway {

/// A client request that Gemini takes only in several calls (Translation::takeParts): each part is a job of
/// its own with its own key and retries, a few run at a time, and the answers are joined. The first part that
/// fails for good fails the whole with its error and cancels the others. All attempts go into the whole's one
/// record. Held by the whole; destroying it cancels what runs.
class PartedRun final : public std::enable_shared_from_this<PartedRun>
{
public:
    /// `host` and `whole` outlive this; `whole` must not run a passage. `inputs`: what the whole wanted.
    PartedRun(RelayHost &host, RelayJob &whole, std::unique_ptr<Translation> translation,
              std::vector<std::unique_ptr<Translation>> parts, TranslationInputs inputs);
    ~PartedRun();
    PartedRun(const PartedRun &) = delete;
    PartedRun &operator=(const PartedRun &) = delete;

    /// Starts the first parts; may end the whole during the call.
    void begin();

    static constexpr std::size_t AT_ONCE = 4;

private:
    struct Part
    {
        std::unique_ptr<Translation> translation; ///< Until it is started.
        std::shared_ptr<RelayJob> job;            ///< While it runs.
        std::shared_ptr<CollectedAnswer> answer;
    };

    void startMore();
    void start(std::size_t index);
    void partOver(std::size_t index, RequestRecord record);
    void addToRecord(RequestRecord part);
    void cancelRest();
    void answerWhole();

    RelayHost &m_host;
    RelayJob &m_whole;
    std::unique_ptr<Translation> m_translation;
    std::vector<Part> m_parts;
    TranslationInputs m_inputs;
    std::size_t m_next = 0; ///< The first part that was not started.
    std::size_t m_running = 0;
    bool m_over = false;
};

} // namespace Gateway
