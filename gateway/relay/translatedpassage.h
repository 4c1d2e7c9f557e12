#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/passage.h"
#include "gateway/upstream/ssereader.h"

namespace Gateway {

/// How long a thought signature that came at `nowMs` is remembered; both in ms since 1970 UTC.
std::int64_t signatureEndMs(std::int64_t nowMs);

/// A request of another dialect: the translation's Gemini request up, its words down. Keeps the thought
/// signatures that come by.
class TranslatedPassage final : public Passage
{
public:
    /// A request as one model understands it.
    struct Wording
    {
        std::unique_ptr<Translation> translation;
        std::string body; ///< For Gemini.
    };
    /// Words the client's request for another model.
    using Reword = std::function<Result<Wording>(const std::string &model)>;

    /// `reword` may be null: then no other model can be asked. `arrivedMs`: the request's, as
    /// Clock::monotonicMs.
    TranslatedPassage(Wording wording, Reword reword, std::string_view googleHost, KeyedMemory &signatures,
                      const Clock &clock, std::int64_t arrivedMs);

    const std::string &model() const override;
    std::string_view name() const override;
    bool isStream() const override;
    bool hasSideEffects() const override { return false; }
    CallKind kind() const override;
    bool mayChangeModel() const override { return m_reword && kind() != CallKind::Other; }
    std::optional<CacheMark> cacheMark() const override { return m_translation->cacheMark(); }
    Result<void> changeModel(const std::string &model) override;
    UpstreamRequest upstream() const override;
    std::optional<AnswerShape> geminiShape() const override;
    void open(int status, const Headers &headers, KeyId key) override;
    const PassageHead &head() const override { return m_head; }
    bool mayBeginEarly() const override { return isStream() && m_translation->tellsBreaks(); }
    PassageHead earlyHead() const override;
    std::optional<AnswerFault> bytes(std::string_view bytes, std::string &out) override;
    bool hasMore() const override { return m_translation->hasMore(); }
    std::optional<AnswerFault> more(std::string &out) override;
    bool isEmptySoFar() const override { return kind() == CallKind::Chat && !m_hasTold; }
    bool isComplete() const override { return m_translation->isComplete(); }
    std::optional<AnswerFault> finish(std::string &out) override;
    bool breakOff(const Error &error, std::string &out) override;
    bool passesErrorsThrough() const override { return false; }
    TokenCounts tokens() override;

private:
    void keepSignatures();
    void tellTime();
    void setUrl();

    std::unique_ptr<Translation> m_translation;
    std::string m_body;
    Reword m_reword;
    std::string m_googleHost;
    std::string m_url;
    KeyedMemory &m_signatures;
    const Clock &m_clock;
    std::int64_t m_arrivedMs;
    PassageHead m_head;
    SseReader m_reader;
    std::string m_gathered;
    std::size_t m_received = 0; ///< Bytes of the answer so far.
    bool m_hasTold = false;     ///< Something that a client can use.
};

} // namespace Gateway
