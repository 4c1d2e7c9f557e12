#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "gateway/common/chunkreader.h"
#include "gateway/common/inflater.h"
#include "gateway/upstream/responsehead.h"

namespace Gateway {

/// Reads one answer after another out of a connection's bytes (RFC 9112, 6), fed in pieces of any size, and
/// decodes its body when asked to. Does no I/O.
class AnswerReader
{
public:
    enum class Step : std::uint8_t {
        More,   ///< All bytes are used; the answer is not over.
        Head,   ///< head() is complete.
        Body,   ///< piece() came.
        End,    ///< The answer is whole; what is left of the bytes does not belong to it.
        Broken, ///< trouble() says what is wrong.
    };

    /// Before each answer. `isHead`: to a HEAD request, so that no body follows. `decode`: hand out a
    /// compressed body decoded.
    void begin(bool isHead, bool decode);

    /// Goes on in `bytes`, which then begin behind what was used. What is left must come first the next time.
    /// `room`: for decoded bytes, valid as long as piece() is used.
    Step next(std::string_view &bytes, std::span<char> room);

    /// The peer has closed the connection: End or Broken.
    Step close();

    const ResponseHead &head() const { return m_head; }
    std::string_view piece() const { return m_piece; }
    std::string_view trouble() const { return m_trouble; }

    /// After End: whether the connection may carry another request.
    bool keepsConnection() const { return m_keepsConnection; }

    /// Forgets the answer.
    void clear();

private:
    enum class Framing : std::uint8_t { None, Length, Chunked, UntilClose };

    Step headStep();
    bool frame();
    bool takeLength(std::string_view value);
    bool takeCoding(std::string_view value);
    bool takeEncoding(std::string_view value);
    Step pieceStep(std::string_view &bytes);
    Step decodedStep(std::string_view &bytes, std::span<char> room);
    Step broken(std::string_view trouble);

    ResponseHead m_head;
    ChunkReader m_chunks;
    std::optional<Inflater> m_inflater;
    std::string_view m_piece;
    std::string_view m_trouble;
    std::uint64_t m_left = 0;      ///< Of a body with a known length.
    std::size_t m_encodedLeft = 0; ///< How much at the front of the bytes is still to be decoded.
    Framing m_framing = Framing::UntilClose;
    bool m_hasLength = false;
    bool m_isHead = false;
    bool m_decodes = false;
    bool m_keepsConnection = false;
};

} // namespace Gateway
