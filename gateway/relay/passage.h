#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/keyrow.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"
#include "gateway/common/text.h"
#include "gateway/dialects/translation.h"
#include "gateway/relay/nativerequest.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// Head of the answer that goes down.
struct PassageHead
{
    int status = 200;
    std::string contentType;
    Headers headers;
    std::int64_t contentLength = -1; ///< -1: not known.
};

/// A good answer that turned out to be none: an error inside a 200, or nonsense.
struct AnswerFault
{
    Error error;
    std::string raw; ///< Google's own words (JSON) for the classifier; may be empty.
};

/// What a call asks of a model.
enum class CallKind : std::uint8_t {
    Chat,  ///< generateContent, streamed or not.
    Count, ///< countTokens: like Chat, without an answer of the model's.
    Other,
};

/// The two sides of one request that differ by dialect: what goes up, and how the answer's bytes become the
/// client's. Knows nothing of keys, attempts and sockets. open() starts an attempt's answer afresh.
class Passage
{
public:
    virtual ~Passage() = default;

    virtual const std::string &model() const = 0;
    /// For the record: "generateContent", "chat.completions".
    virtual std::string_view name() const = 0;
    virtual bool isStream() const = 0;
    /// A repeat after an unclear end could make something twice.
    virtual bool hasSideEffects() const = 0;
    virtual CallKind kind() const = 0;
    /// Whether another model may be asked in place of this one.
    virtual bool mayChangeModel() const = 0;
    /// Translation::cacheMark() of what goes up.
    virtual std::optional<CacheMark> cacheMark() const { return std::nullopt; }
    /// Asks `model` from now on; the answer names it. Fails when the request cannot be told to that model,
    /// and changes nothing then.
    virtual Result<void> changeModel(const std::string &model) = 0;
    /// All but the key.
    virtual UpstreamRequest upstream() const = 0;
    /// How the answer of Google's that this takes is framed, where it is in Gemini's words and may come from
    /// a chat that was asked in another way; else nothing.
    virtual std::optional<AnswerShape> geminiShape() const { return std::nullopt; }

    /// A good head (status under 400) has come from `key`.
    virtual void open(int status, const Headers &headers, KeyId key) = 0;
    /// Head of the client's answer; valid once open() was called.
    virtual const PassageHead &head() const = 0;
    /// Whether the head may go down before anything is known of the answer.
    virtual bool mayBeginEarly() const { return isStream(); }
    /// The head of a stream that has to begin before anything is known of it.
    virtual PassageHead earlyHead() const = 0;
    /// Bytes from Google; what can go down is appended to `out`.
    virtual std::optional<AnswerFault> bytes(std::string_view bytes, std::string &out) = 0;
    /// Bytes have left work that takes long: more() does a piece of it, and is to be called again and again,
    /// other requests in between, before further bytes or finish().
    virtual bool hasMore() const { return false; }
    virtual std::optional<AnswerFault> more(std::string & /*out*/) { return std::nullopt; }
    /// A chat's answer has not told anything that a client could use, so far or at all.
    virtual bool isEmptySoFar() const = 0;
    /// All that the client is to be told has come; the rest of Google's answer is not wanted.
    virtual bool isComplete() const { return false; }
    /// Google's answer ended well, or is complete.
    virtual std::optional<AnswerFault> finish(std::string &out) = 0;
    /// The answer broke after it had begun: appends the dialect's error event and returns true; false when
    /// the framing has no place for one, so that the connection has to be cut.
    virtual bool breakOff(const Error &error, std::string &out) = 0;

    /// The error answer's body: Google's own bytes where the dialect is Google's.
    virtual bool passesErrorsThrough() const = 0;
    virtual TokenCounts tokens() = 0;
};

} // namespace Gateway
