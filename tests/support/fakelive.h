#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/wsreader.h"
#include "tests/support/fakeanswer.h"
#include "tests/support/fakefaults.h"
#include "tests/support/socketactor.h"

namespace TestSupport {

/// What a Live session needs of the fake it belongs to. The functions may be called on any thread.
struct LiveSurroundings
{
    std::string key;
    std::string refusal; ///< Why the credential is not good, as the closing tells it; empty: it is.
    int refusalCode = 1007;
    bool isConstrained = false; ///< The model is fixed by an ephemeral token.
    bool isMusic = false;
    std::function<FaultScript(std::string_view model)> script;
    std::function<void(std::string_view model, std::string message)> heard;
    std::function<bool(std::string_view handle)> ownsHandle;
};

/// The Live API in little: checks setup and messages as Google does, says back what was said, and does what
/// the text of a turn tells it: "use the tool", "close CODE REASON", "cut", "ping", "flood N", "large N",
/// "broken frame".
class FakeLive final : public SocketActor
{
public:
    explicit FakeLive(LiveSurroundings around);

    Reply bytesCame(std::string_view bytes) override;
    bool endedWell() const override { return m_endedWell; }

private:
    void message(std::string_view text);
    void setUp(const json::object &setup);
    void order(std::string_view text);
    void say(const json::object &message);
    void sayTurn(std::string_view text);
    void close(int code, std::string_view reason);
    bool fails(const FaultScript &script);

    LiveSurroundings m_around;
    Gateway::WsReader m_reader;
    Reply m_reply;
    std::string m_tool;
    int m_turns = 0;
    bool m_isSetUp = false;
    bool m_resumes = false;
    bool m_endedWell = false;
};

/// "HTTP/1.1 101 …" for a sound request for a WebSocket, else nothing.
std::string liveHandshake(const HttpRequest &request);

} // namespace TestSupport
