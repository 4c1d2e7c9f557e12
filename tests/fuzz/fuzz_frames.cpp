// What cuts a stream into events and messages says the same of bytes that come at once and in pieces.
#include <memory>

#include "gateway/common/multipart.h"
#include "gateway/common/wsreader.h"
#include "gateway/relay/streamgate.h"
#include "gateway/telemetry/usagescanner.h"
#include "gateway/upstream/ssereader.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

constexpr std::size_t FEW_BYTES = 1024; // the limits are to be met

/// Feeds a fresh `log` at once and another in pieces.
template <typename Make>
void compare(std::string_view bytes, const Make &make, const char *what)
{
    auto whole = make();
    whole->feed(bytes);
    auto pieces = make();
    inPieces(bytes, [&](std::string_view piece) { return pieces->feed(piece); });
    require(whole->take() == pieces->take(), what);
}

class EventLog
{
public:
    bool feed(std::string_view bytes)
    {
        m_isGoing = m_isGoing && m_reader.feed(bytes, [this](std::string_view event, std::string_view data) {
            m_log.append(event).append("|").append(data).append("\n");
        });
        return m_isGoing;
    }
    /// Of one that grew too large only that is said: events before it may come or not.
    std::string take() { return m_isGoing ? m_log.append(m_reader.rest()) : "too large"; }

private:
    SseReader m_reader{FEW_BYTES};
    std::string m_log;
    bool m_isGoing = true;
};

class MessageLog
{
public:
    explicit MessageLog(WsReader::Sender sender)
        : m_reader(sender, FEW_BYTES)
    {
    }

    bool feed(std::string_view bytes)
    {
        while (m_isGoing) {
            const WsReader::Event event = m_reader.next(bytes);
            if (event == WsReader::Event::More) {
                require(bytes.empty(), "all bytes are used");
                return true;
            }
            m_log += std::to_string(static_cast<int>(event)) + m_reader.payload() + '\n';
            m_isGoing = event != WsReader::Event::Closed && event != WsReader::Event::Failed;
            require(event != WsReader::Event::Message || !m_reader.isText() || isUtf8(m_reader.payload()),
                    "a text is UTF-8");
            require(m_reader.payload().size() <= FEW_BYTES, "a message is within its limit");
        }
        m_log += std::to_string(m_reader.close().code);
        return false;
    }
    std::string take() { return std::move(m_log); }

private:
    WsReader m_reader;
    std::string m_log;
    bool m_isGoing = true;
};

class GateLog
{
public:
    explicit GateLog(AnswerShape shape)
        : m_gate(shape)
    {
    }
    bool feed(std::string_view bytes)
    {
        m_gate.feed(bytes, m_out);
        return true;
    }
    std::string take()
    {
        m_gate.release(m_out);
        return std::move(m_out);
    }

private:
    StreamGate m_gate;
    std::string m_out;
};

class UsageLog
{
public:
    bool feed(std::string_view bytes)
    {
        m_scanner.feed(bytes);
        return true;
    }
    std::string take() const
    {
        const TokenCounts counts = m_scanner.tokens();
        return std::to_string(counts.prompt) + ' ' + std::to_string(counts.total);
    }

private:
    UsageScanner m_scanner;
};

/// The first line is the Content-Type.
void checkForm(std::string_view text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view body = text.substr(std::min(end + 1, text.size()));
    const Result<std::vector<FormField>> form = readMultipart(text.substr(0, end), body);
    for (std::size_t i = 0; form && i < form->size(); ++i) {
        const std::string_view content = (*form)[i].content;
        require(content.empty() || (content.data() >= body.data() &&
                                    content.data() + content.size() <= body.data() + body.size()),
                "a field is a piece of the body");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Input input(data, size, 7);
    switch (input.choice) {
    case 0: // a
        compare(
            input.rest, [] { return std::make_unique<EventLog>(); }, "events in pieces are the same");
        break;
    case 1: // b
    case 2: // c
        compare(
            input.rest,
            [&] {
                return std::make_unique<MessageLog>(input.choice == 1 ? WsReader::Sender::Client
                                                                      : WsReader::Sender::Server);
            },
            "messages in pieces are the same");
        break;
    case 3: // d
    case 4: // e
        compare(
            input.rest,
            [&] {
                return std::make_unique<GateLog>(input.choice == 3 ? AnswerShape::Sse
                                                                   : AnswerShape::JsonArray);
            },
            "a stream passes unchanged");
        break;
    case 5: // f
        compare(
            input.rest, [] { return std::make_unique<UsageLog>(); }, "counts in pieces are the same");
        break;
    default: // g
        checkForm(input.rest);
    }
    return 0;
}
