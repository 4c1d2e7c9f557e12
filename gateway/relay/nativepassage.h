#pragma once

#include <memory>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/relay/nativebody.h"
#include "gateway/relay/nativerequest.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/streamgate.h"
#include "gateway/telemetry/usagescanner.h"

namespace Gateway {

/// Gemini's own dialect: original bytes both ways. Short whole answers are gathered (so that a break can
/// still be mended by another key), long ones flow; streams pass event by event. Remembers who owns what was
/// made.
class NativePassage final : public Passage
{
public:
    /// `request` must outlive this.
    NativePassage(const ClientRequest &request, NativeRequest native, KeyedMemory &owners, const Clock &clock,
                  NativeBody body = {});

    const NativeRequest &native() const { return m_native; }

    const std::string &model() const override { return m_native.model; }
    std::string_view name() const override { return m_native.method; }
    bool isStream() const override { return m_native.shape != AnswerShape::Whole; }
    bool hasSideEffects() const override { return m_native.hasSideEffects; }
    CallKind kind() const override { return m_kind; }
    bool mayChangeModel() const override;
    Result<void> changeModel(const std::string &model) override;
    UpstreamRequest upstream() const override;
    std::optional<AnswerShape> geminiShape() const override;
    void open(int status, const Headers &headers, KeyId key) override;
    const PassageHead &head() const override { return m_head; }
    PassageHead earlyHead() const override;
    std::optional<AnswerFault> bytes(std::string_view bytes, std::string &out) override;
    bool isEmptySoFar() const override
    {
        return m_kind == CallKind::Chat && m_native.words == AnswerWords::Gemini && !m_hasTold;
    }
    std::optional<AnswerFault> finish(std::string &out) override;
    bool breakOff(const Error &error, std::string &out) override;
    bool passesErrorsThrough() const override { return true; }
    TokenCounts tokens() override;

private:
    void takeHeader(const std::string &name, const std::string &value);
    std::string rewrittenUploadUrl(std::string_view url) const;
    void noteContent(std::string_view json);
    void rememberOwners();
    void rememberFromEvents(std::string_view events);
    void rememberNamed(std::string_view json);
    std::optional<AnswerFault> faultFrom(std::size_t at, std::string &out) const;
    std::optional<AnswerFault> faultIn(std::string_view events) const;

    const ClientRequest &m_request;
    NativeRequest m_native;
    NativeBody m_body;
    const CallKind m_kind;
    KeyedMemory &m_owners;
    const Clock &m_clock;
    PassageHead m_head;
    KeyId m_key = 0;
    StreamGate m_gate;
    UsageScanner m_usage;
    std::string m_gathered; ///< A whole answer so far.
    int m_eventsSeen = 0;
    bool m_hasTold = false; ///< Something that a client can use.
    bool m_framed = false;  ///< The answer really is a stream of events or elements.
    bool m_plain = true;    ///< Not compressed.
    bool m_flowing = false; ///< Bytes of a whole answer went down already.
};

} // namespace Gateway
