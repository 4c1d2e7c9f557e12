#pragma once

#include "gateway/control/reply.h"

namespace Gateway {

/// The answer of a control that has no means for a command: a store without a running gateway cannot check a
/// key, an older server does not know a newer command. Status 501, code "not_supported".
template <typename T>
void notSupported(const Reply<T> &reply)
{
    reply(fail(501, "not_supported", "This needs a running gateway of this version."));
}

} // namespace Gateway
