#pragma once

#include <memory>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/passage.h"
#include "gateway/upstream/ssereader.h"

namespace Gateway {

/// A request of another dialect: the translation's Gemini request up, its words down. Keeps the thought
/// signatures that come by.
class TranslatedPassage final : public Passage
{
public:
    TranslatedPassage(std::unique_ptr<Translation> translation, std::string body, std::string_view googleHost,
                      KeyedMemory &signatures, const Clock &clock);

    const std::string &model() const override;
    std::string_view name() const override;
    bool isStream() const override;
    bool hasSideEffects() const override { return false; }
    UpstreamRequest upstream() const override;
    void open(int status, const Headers &headers, KeyId key) override;
    const PassageHead &head() const override { return m_head; }
    PassageHead earlyHead() const override;
    std::optional<AnswerFault> bytes(std::string_view bytes, std::string &out) override;
    std::optional<AnswerFault> finish(std::string &out) override;
    bool breakOff(const Error &error, std::string &out) override;
    bool passesErrorsThrough() const override { return false; }
    TokenCounts tokens() override;

private:
    void keepSignatures();

    std::unique_ptr<Translation> m_translation;
    std::string m_body;
    std::string m_url;
    KeyedMemory &m_signatures;
    const Clock &m_clock;
    PassageHead m_head;
    SseReader m_reader;
    std::string m_gathered;
};

} // namespace Gateway
