#include "gateway/upstream/answerreader.h"

#include <algorithm>
#include <charconv>

namespace Gateway {

namespace {

constexpr std::string_view CUT_HEAD = "The connection closed before an answer came.";
constexpr std::string_view CUT_BODY = "The connection closed before the answer was whole.";
constexpr std::string_view NOT_HTTP = "What came is no answer in HTTP/1.1.";
constexpr std::string_view BAD_CHUNKS = "The answer's chunks are malformed.";
constexpr std::string_view BAD_ENCODING = "The answer's compressed body is damaged.";

/// Whether the comma-separated `list` names `word`.
bool lists(std::string_view list, std::string_view word)
{
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        if (equalsIgnoreCase(trimmed(list.substr(0, end)), word))
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

} // namespace

void AnswerReader::begin(bool isHead, bool decode)
{
    m_isHead = isHead;
    m_decodes = decode;
}

void AnswerReader::clear()
{
    m_head.clear();
    m_chunks = ChunkReader();
    m_inflater.reset();
    m_piece = {};
    m_trouble = {};
    m_left = 0;
    m_encodedLeft = 0;
    m_framing = Framing::UntilClose;
    m_hasLength = false;
    m_keepsConnection = false;
}

AnswerReader::Step AnswerReader::next(std::string_view &bytes, std::span<char> room)
{
    if (m_head.isComplete())
        return m_inflater ? decodedStep(bytes, room) : pieceStep(bytes);
    m_head.feed(bytes);
    switch (m_head.state()) {
    case ResponseHead::State::More:
        return Step::More;
    case ResponseHead::State::Broken:
        return broken(NOT_HTTP);
    case ResponseHead::State::Complete:
        break;
    }
    return headStep();
}

AnswerReader::Step AnswerReader::headStep()
{
    if (!frame())
        return Step::Broken;
    if (m_inflater)
        m_head.dropEncoding();
    return Step::Head;
}

/// How the body is delimited (RFC 9112, 6.3), and what becomes of the connection (9.3).
bool AnswerReader::frame()
{
    m_keepsConnection = !m_head.isOld();
    bool codingGiven = false;
    for (const auto &[name, value] : m_head.headers()) {
        bool understood = true;
        if (name.size() == 14 && equalsIgnoreCase(name, "Content-Length")) {
            understood = takeLength(value);
        } else if (name.size() == 17 && equalsIgnoreCase(name, "Transfer-Encoding")) {
            understood = !codingGiven && takeCoding(value);
            codingGiven = true;
        } else if (name.size() == 16 && equalsIgnoreCase(name, "Content-Encoding")) {
            understood = takeEncoding(value);
        } else if (name.size() == 10 && equalsIgnoreCase(name, "Connection")) {
            m_keepsConnection = !lists(value, "close") && (m_keepsConnection || lists(value, "keep-alive"));
        }
        if (!understood) {
            broken(m_trouble.empty() ? NOT_HTTP : m_trouble);
            return false;
        }
    }
    if (m_isHead || m_head.status() == 204 || m_head.status() == 304) {
        m_framing = Framing::None;
        m_inflater.reset();
    } else if (m_framing == Framing::UntilClose && m_hasLength) {
        m_framing = Framing::Length;
    }
    // one that says both is not to be trusted with another request (RFC 9112, 6.1)
    if (m_framing == Framing::UntilClose || (m_framing == Framing::Chunked && m_hasLength))
        m_keepsConnection = false;
    return true;
}

/// Two different lengths are an attack or a fault.
bool AnswerReader::takeLength(std::string_view value)
{
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (error != std::errc() || end != value.data() + value.size() || (m_hasLength && length != m_left))
        return false;
    m_hasLength = true;
    m_left = length;
    return true;
}

bool AnswerReader::takeCoding(std::string_view value)
{
    if (equalsIgnoreCase(value, "identity"))
        return true;
    m_framing = Framing::Chunked;
    return equalsIgnoreCase(value, "chunked");
}

bool AnswerReader::takeEncoding(std::string_view value)
{
    if (!m_decodes || value.empty() || equalsIgnoreCase(value, "identity"))
        return true;
    if (m_inflater || !Inflater::canRead(value)) {
        m_trouble = "The answer came in an encoding that was not asked for.";
        return false;
    }
    m_inflater.emplace();
    return true;
}

AnswerReader::Step AnswerReader::pieceStep(std::string_view &bytes)
{
    switch (m_framing) {
    case Framing::None:
        return Step::End;
    case Framing::Length:
        if (m_left == 0)
            return Step::End;
        m_piece = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_left, bytes.size())));
        bytes.remove_prefix(m_piece.size());
        m_left -= m_piece.size();
        break;
    case Framing::Chunked:
        m_piece = m_chunks.next(bytes);
        if (m_chunks.state() == ChunkReader::State::Done)
            return Step::End;
        if (m_chunks.state() != ChunkReader::State::More)
            return broken(BAD_CHUNKS);
        break;
    case Framing::UntilClose:
        m_piece = bytes;
        bytes = {};
        break;
    }
    return m_piece.empty() ? Step::More : Step::Body;
}

/// The encoded piece stays at the front of `bytes` until it is decoded: the listener may pause in its midst.
AnswerReader::Step AnswerReader::decodedStep(std::string_view &bytes, std::span<char> room)
{
    for (;;) {
        std::string_view encoded = bytes.substr(0, m_encodedLeft);
        const std::string_view plain = m_inflater->next(encoded, room);
        if (m_inflater->isBroken())
            return broken(BAD_ENCODING);
        bytes.remove_prefix(m_encodedLeft - encoded.size());
        m_encodedLeft = encoded.size();
        if (!plain.empty()) {
            m_piece = plain;
            return Step::Body;
        }
        const Step step = pieceStep(bytes);
        if (step == Step::End)
            return m_inflater->isWhole() ? step : broken(BAD_ENCODING);
        if (step != Step::Body)
            return step;
        m_encodedLeft = m_piece.size();
        bytes = {m_piece.data(), m_piece.size() + bytes.size()};
    }
}

AnswerReader::Step AnswerReader::close()
{
    m_keepsConnection = false;
    if (!m_head.isComplete())
        return broken(CUT_HEAD);
    const bool isWhole = m_framing == Framing::UntilClose && (!m_inflater || m_inflater->isWhole());
    return isWhole ? Step::End : broken(CUT_BODY);
}

AnswerReader::Step AnswerReader::broken(std::string_view trouble)
{
    m_trouble = trouble;
    m_keepsConnection = false;
    return Step::Broken;
}

} // namespace Gateway
