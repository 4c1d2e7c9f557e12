#pragma once

#include "gateway/common/wsframe.h"
#include "gateway/upstream/classifier.h"

namespace Gateway {

/// Google's closing of a Live session as the error answer it would have been over HTTP: status and a
/// google.rpc.Status body. The reason tells more than the code, as 1007, 1008 and 1011 stand for many things.
struct CloseError
{
    int status = 0; ///< 0: no error at all.
    std::string body;
};
CloseError errorOfClose(const WsClose &close);

/// The verdict on it; a Success for a session that ended in peace.
Outcome classifyClose(const WsClose &close, const ClassifierOptions &options);

} // namespace Gateway
