#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Gateway {

/// Kinds of WebSocket frames (RFC 6455, 5.2).
enum class WsOpcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Why a WebSocket ended (RFC 6455, 7.4).
struct WsClose
{
    static constexpr int NORMAL = 1000;
    static constexpr int GOING_AWAY = 1001;
    static constexpr int PROTOCOL_ERROR = 1002;
    static constexpr int NO_CODE = 1005;  ///< The close frame had none; never sent.
    static constexpr int ABNORMAL = 1006; ///< There was no close frame; never sent.
    static constexpr int BAD_DATA = 1007;
    static constexpr int POLICY = 1008;
    static constexpr int TOO_BIG = 1009;
    static constexpr int SERVER_ERROR = 1011;
    static constexpr int TRY_AGAIN = 1013;

    int code = NO_CODE;
    std::string reason; ///< UTF-8, 123 bytes at most on the wire.
};

/// Whether `code` may stand in a close frame.
bool isSendableCode(int code);

using WsMask = std::array<char, 4>;

/// Appends one whole frame. `mask`: what a client must apply and a server must not (5.3).
void appendWsFrame(std::string &out, WsOpcode opcode, std::string_view payload,
                   const std::optional<WsMask> &mask);

/// Appends the head of a frame without a mask, whose payload of `size` bytes follows.
void appendWsHead(std::string &out, WsOpcode opcode, std::size_t size);

/// Appends a close frame; one whose code may not be sent goes without. A long reason is cut between
/// characters.
void appendWsClose(std::string &out, const WsClose &close, const std::optional<WsMask> &mask);

/// Whether all of `text` is UTF-8 (RFC 3629).
bool isUtf8(std::string_view text);

/// The Sec-WebSocket-Accept that answers `key` (4.2.2).
std::string wsAcceptFor(std::string_view key);

/// Whether `key` is a sound Sec-WebSocket-Key: 16 bytes in base64.
bool isWsKey(std::string_view key);

} // namespace Gateway
