#pragma once

#include <string>
#include <string_view>

#include "tests/support/httpplan.h"

namespace TestSupport {

/// What a connection does once it has left HTTP. Lives on its loop's thread.
class SocketActor
{
public:
    struct Reply
    {
        std::string bytes;
        StepEnd end = StepEnd::GoOn; ///< Close: in peace, once the bytes are out.
    };

    virtual ~SocketActor() = default;
    virtual Reply bytesCame(std::string_view bytes) = 0;
    /// The other side ended as the protocol wants it.
    virtual bool endedWell() const = 0;
};

} // namespace TestSupport
