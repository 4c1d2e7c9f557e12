#include "gateway/common/wsframe.h"

#include <algorithm>

#include <QByteArray>
#include <QCryptographicHash>

namespace Gateway {

namespace {

constexpr std::size_t LONGEST_REASON = 123; // a control frame's 125 bytes without the code
constexpr char FIN = static_cast<char>(0x80);
constexpr char MASKED = static_cast<char>(0x80);

void appendNumber(std::string &out, std::uint64_t number, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>(number >> shift & 0xff);
}

void appendLength(std::string &out, std::size_t size, char maskBit)
{
    if (size < 126) {
        out += static_cast<char>(maskBit | static_cast<char>(size));
    } else if (size <= 0xffff) {
        out += static_cast<char>(maskBit | 126);
        appendNumber(out, size, 2);
    } else {
        out += static_cast<char>(maskBit | 127);
        appendNumber(out, size, 8);
    }
}

bool isTail(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// Bytes of the sound character at the start of `text`, 0 when it is none.
std::size_t characterSize(std::string_view text)
{
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    const std::size_t size = first >= 0xc2 && first <= 0xdf   ? 2
                             : first >= 0xe0 && first <= 0xef ? 3
                             : first >= 0xf0 && first <= 0xf4 ? 4
                                                              : 0;
    if (size == 0 || text.size() < size || !std::all_of(text.begin() + 1, text.begin() + size, isTail))
        return 0;
    const bool isTooShort = (first == 0xe0 && at(1) < 0xa0) || (first == 0xf0 && at(1) < 0x90);
    const bool isSurrogate = first == 0xed && at(1) > 0x9f;
    const bool isTooLarge = first == 0xf4 && at(1) > 0x8f;
    return isTooShort || isSurrogate || isTooLarge ? 0 : size;
}

std::string_view cutReason(std::string_view reason)
{
    if (reason.size() <= LONGEST_REASON)
        return reason;
    std::size_t size = LONGEST_REASON;
    while (size > 0 && isTail(reason[size]))
        --size;
    return reason.substr(0, size);
}

} // namespace

bool isSendableCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

void appendWsFrame(std::string &out, WsOpcode opcode, std::string_view payload,
                   const std::optional<WsMask> &mask)
{
    if (!mask) {
        appendWsHead(out, opcode, payload.size());
        out += payload;
        return;
    }
    out += static_cast<char>(FIN | static_cast<char>(opcode));
    appendLength(out, payload.size(), MASKED);
    out.append(mask->data(), mask->size());
    const std::size_t from = out.size();
    out += payload;
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[from + i] = static_cast<char>(out[from + i] ^ (*mask)[i % 4]);
}

void appendWsHead(std::string &out, WsOpcode opcode, std::size_t size)
{
    out += static_cast<char>(FIN | static_cast<char>(opcode));
    appendLength(out, size, '\0');
}

void appendWsClose(std::string &out, const WsClose &close, const std::optional<WsMask> &mask)
{
    std::string payload;
    if (isSendableCode(close.code)) {
        appendNumber(payload, static_cast<std::uint64_t>(close.code), 2);
        payload += cutReason(close.reason);
    }
    appendWsFrame(out, WsOpcode::Close, payload, mask);
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t size = characterSize(text);
        if (size == 0)
            return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string wsAcceptFor(std::string_view key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(QByteArrayView(key.data(), static_cast<qsizetype>(key.size())));
    hash.addData(QByteArrayView("258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
    return hash.result().toBase64().toStdString();
}

bool isWsKey(std::string_view key)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(key.data(), static_cast<qsizetype>(key.size())), QByteArray::AbortOnBase64DecodingErrors);
    return decoded && key.size() == 24 && decoded.decoded.size() == 16;
}

} // namespace Gateway
