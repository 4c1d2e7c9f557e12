// HTTP as strangers send it: a reader says the same of bytes that come at once and of the same bytes in
// pieces.
#include <array>

#include "gateway/http/requesthead.h"
#include "gateway/http/requestreader.h"
#include "gateway/upstream/answerreader.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

constexpr std::size_t FEW_BYTES = 2048; // the limits are to be met

void addHeaders(std::string &out, const Headers &headers)
{
    for (const auto &[name, value] : headers)
        out += name + ':' + value + '\n';
}

/// A client's requests, one behind the other.
class RequestLog
{
public:
    bool feed(std::string_view bytes)
    {
        while (!bytes.empty() && m_reader.state() != RequestReader::State::Failed) {
            const std::size_t taken = m_reader.feed(bytes);
            require(taken <= bytes.size(), "no more is taken than there is");
            bytes.remove_prefix(taken);
            if (m_reader.state() == RequestReader::State::Complete)
                addRequest();
            else
                require(taken > 0 || m_reader.state() == RequestReader::State::Failed, "reading goes on");
        }
        return m_reader.state() != RequestReader::State::Failed;
    }

    /// The requests that came whole. A fault is told at once or with the end of its head, as the pieces are.
    std::string take()
    {
        require(m_reader.state() != RequestReader::State::Failed ||
                    (m_reader.error().status >= 400 && !m_reader.error().text.empty()),
                "an error has a status and words");
        return std::move(m_log);
    }

private:
    void addRequest()
    {
        const HttpRequest &request = m_reader.request();
        require(request.body.size() <= m_limits.bodyBytes, "a body is within its limit");
        m_log += request.method + ' ' + request.target + ' ' + request.host + '\n';
        addHeaders(m_log, request.headers);
        m_log += request.body + '\n';
        m_reader.reset();
    }

    HttpLimits m_limits{
        .headerBytes = FEW_BYTES, .headerCount = 8, .targetBytes = 64, .bodyBytes = FEW_BYTES};
    RequestReader m_reader{m_limits};
    std::string m_log;
};

/// A server's answers, one behind the other.
class AnswerLog
{
public:
    AnswerLog(bool isHead, bool decode)
        : m_isHead(isHead)
        , m_decode(decode)
    {
        m_reader.begin(isHead, decode);
    }

    bool feed(std::string_view bytes)
    {
        while (m_isGoing) {
            const std::size_t before = bytes.size();
            const AnswerReader::Step step = m_reader.next(bytes, m_room);
            require(bytes.size() <= before, "bytes are only taken");
            take(step);
            if (step == AnswerReader::Step::More)
                return true;
        }
        return false;
    }

    std::string close()
    {
        if (m_isGoing)
            take(m_reader.close());
        return std::move(m_log);
    }

private:
    void take(AnswerReader::Step step)
    {
        if (step == AnswerReader::Step::Head) {
            m_log += '\n' + std::to_string(m_reader.head().status()) + '\n';
            addHeaders(m_log, m_reader.head().headers());
        } else if (step == AnswerReader::Step::Body) {
            m_log += m_reader.piece();
        } else if (step == AnswerReader::Step::End) {
            m_log += "\nend";
            m_isGoing = m_reader.keepsConnection();
            m_reader.clear();
            m_reader.begin(m_isHead, m_decode);
        } else if (step == AnswerReader::Step::Broken) {
            require(!m_reader.trouble().empty(), "trouble has words");
            // how much of a damaged stream can be decoded depends on its pieces
            m_log = m_decode ? "broken" : m_log.append("\nbroken ").append(m_reader.trouble());
            m_isGoing = false;
        }
    }

    AnswerReader m_reader;
    std::array<char, 64> m_room{};
    std::string m_log;
    const bool m_isHead;
    const bool m_decode;
    bool m_isGoing = true;
};

void checkRequests(std::string_view bytes)
{
    RequestLog whole;
    whole.feed(bytes);
    RequestLog pieces;
    inPieces(bytes, [&](std::string_view piece) { return pieces.feed(piece); });
    const bool isSame = whole.take() == pieces.take();
    require(isSame || bytes.size() > FEW_BYTES, "requests in pieces are the same");
}

void checkAnswers(std::string_view bytes, bool isHead, bool decode)
{
    AnswerLog whole(isHead, decode);
    whole.feed(bytes);
    AnswerLog pieces(isHead, decode);
    inPieces(bytes, [&](std::string_view piece) { return pieces.feed(piece); });
    require(whole.close() == pieces.close(), "answers in pieces are the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Input input(data, size, 5);
    switch (input.choice) {
    case 0: // a
        checkRequests(input.rest);
        break;
    case 1: { // b
        HttpRequest request;
        parseRequestHead(input.rest, HttpLimits(), request);
        break;
    }
    case 2: // c
        checkAnswers(input.rest, false, false);
        break;
    case 3: // d
        checkAnswers(input.rest, false, true);
        break;
    default: // e
        checkAnswers(input.rest, true, false);
    }
    return 0;
}
