#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/common/audiolibrary.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// What a translation may use of its surroundings; dialects have no clock and no random source of their own.
struct TranslationContext
{
    std::string requestId;             ///< Basis for ids in the answer, e.g. "req_…".
    std::int64_t createdSeconds = 0;   ///< Unix time for `created` fields.
    std::string answerId{};            ///< The id of the answer where the gateway has made one, else empty.
    std::string contentType{};         ///< Of the body, as the client told it; counts for forms only.
    std::string formModel{};           ///< Forms: the model that is asked in place of the one they name.
    LoadAudioLibrary *audio = nullptr; ///< Null: there is none.
    bool findsCacheMark = false;       ///< Translation::cacheMark() will be asked for.
};

/// The beginning of a request that its client expects to send again.
struct CacheMark
{
    std::size_t turns = 0;  ///< So many of Gemini's `contents` belong to it, beside instruction and tools.
    std::int64_t ttlMs = 0; ///< How long it is worth keeping.
};

/// A picture or document that a request names by URL, fetched by the relay.
struct FetchedMedia
{
    std::string mimeType;
    std::string bytes; ///< As fetched; the translation encodes them.
};

/// What the relay found before the Gemini request is written.
struct TranslationInputs
{
    std::unordered_map<std::string, std::string> signatures; ///< Tool-call id → thought signature.
    std::unordered_map<std::string, Result<FetchedMedia>>
        media; ///< URL → content, or why it could not be had.
};

/// When something of an answer comes, for dialects that tell times.
struct AnswerTime
{
    std::int64_t wallMs = 0;         ///< Since 1970 UTC.
    std::int64_t sinceArrivalMs = 0; ///< Of the request.
};

/// One request of a client dialect on its way to Gemini and the answer on its way back. The halves are pure:
/// no clock, no I/O. An object serves one request; geminiBody() may be called once, the answer functions by
/// one attempt only.
class Translation
{
public:
    virtual ~Translation() = default;

    // --- the request ---
    /// Gemini's model id without "models/".
    virtual const std::string &model() const = 0;
    /// Gemini's method: "generateContent", "batchEmbedContents", … A streamed one is asked as
    /// "streamGenerateContent?alt=sse".
    virtual std::string_view method() const = 0;
    /// What the record calls it: "chat.completions", "embeddings".
    virtual std::string_view name() const = 0;
    virtual bool isStream() const = 0;
    /// Google is asked for a stream. Where the client is told a whole answer all the same, event() appends
    /// nothing and finish() that answer.
    virtual bool asksStream() const { return isStream(); }
    /// Whether the answer is a chat's: words, which may be asked for in another way than the client did, as a
    /// whole or in rounds.
    virtual bool isChat() const { return true; }
    /// Tool-call ids whose thought signatures the request lacks.
    virtual const std::vector<std::string> &wantedSignatures() const = 0;
    /// http(s) URLs whose content the request needs.
    virtual const std::vector<std::string> &wantedMedia() const = 0;
    /// Members that the client sent and that its vendor calls optional, for which Gemini has nothing:
    /// "num_ctx, mirostat". The answer's header x-gateway-ignored names them.
    virtual std::string ignored() const { return {}; }
    /// Where the client marked the end of what is worth keeping in a cache; nothing without a mark, or when
    /// the context did not ask for it. Good after geminiBody() as well, whose turns it counts.
    virtual std::optional<CacheMark> cacheMark() const { return std::nullopt; }
    /// The body for Gemini. Errors are the client's (400).
    virtual Result<std::string> geminiBody(const TranslationInputs &inputs) = 0;
    /// Where Gemini takes this request only in several calls: the requests that together make it up, none of
    /// them streamed; they get the inputs that this one wanted. Their answers are pieces for joined();
    /// geminiBody() and the answer functions of this object are not called then. Empty: one call will do.
    virtual std::vector<std::unique_ptr<Translation>> takeParts() { return {}; }

    // --- the answer ---
    /// The time of what follows: told when the request is ready to go up and before each answer function.
    virtual void setTime(const AnswerTime & /*time*/) {}
    /// A new attempt's answer begins: whatever an earlier one told (none of it went down) is forgotten.
    virtual void restart() = 0;
    /// Whole answer: Gemini's JSON → the dialect's JSON. An Error when Gemini's answer makes no sense (502).
    virtual Result<std::string> answer(std::string_view geminiJson) = 0;
    /// The dialect's JSON from the answers of takeParts(), in their order. `tokens`: of all of them together.
    virtual std::string joined(const std::vector<std::string> & /*pieces*/, const TokenCounts & /*tokens*/)
    {
        return {};
    }
    /// Streamed answer: the data of one Gemini SSE event → zero or more events of the dialect appended to
    /// `out`. An Error when the event is one (`{"error":…}`) or is not valid; the relay then calls
    /// breakOff().
    virtual Result<void> event(std::string_view geminiJson, std::string &out) = 0;
    /// The stream ended well: appends the closing events. An Error when nothing usable has come (the stream
    /// ended without a finish reason); the relay then calls breakOff().
    virtual Result<void> finish(std::string &out) = 0;
    /// All that the client is to be told has come: finish() may be called, and what Gemini would still say is
    /// not waited for.
    virtual bool isComplete() const { return false; }
    /// Streamed answer: whether events have left work that takes long; they do some of it at once. The relay
    /// calls more() again and again, other requests in between, before the next event or finish().
    virtual bool hasMore() const { return false; }
    /// Does some of it. Fails as event() does.
    virtual Result<void> more(std::string & /*out*/) { return {}; }
    /// The stream broke: appends the dialect's error event and whatever ends its stream.
    virtual void breakOff(const Error &error, std::string &out) = 0;
    /// Whether a streamed answer has room for an error: breakOff() tells it. Where there is none the head
    /// waits for the first bytes, and a break cuts the connection.
    virtual bool tellsBreaks() const { return true; }
    /// Content-Type of a streamed answer.
    virtual std::string_view streamContentType() const { return "text/event-stream; charset=utf-8"; }
    /// Content-Type of a whole one.
    virtual std::string_view contentType() const { return "application/json"; }

    /// What of the request could not be honoured and was left out, for the caller's eyes; empty: nothing.
    virtual std::string_view warning() const { return {}; }

    /// Tokens told so far.
    virtual const TokenCounts &tokens() const = 0;
    /// Thought signatures met since the last call: tool-call id → signature.
    virtual std::vector<std::pair<std::string, std::string>> takeSignatures() = 0;
};

} // namespace Gateway
