#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/modelparameters.h"
#include "gateway/relay/nativerequest.h"

namespace Gateway {

/// The body of a native request as it goes up: the client's own bytes, unless parameters change them or an
/// alias stands inside.
class NativeBody
{
public:
    NativeBody() = default;
    /// `asked`: the model's name as the client wrote it; `parameters` may be null.
    NativeBody(std::string asked, ModelParametersPtr parameters);

    /// Whether write() may have to read the body of `native`.
    bool mayChange(const NativeRequest &native) const;

    /// Writes the client's body `own` for `model`. Fails with a 400, and changes nothing then, when it has to
    /// be read and is no JSON.
    Result<void> write(std::string_view own, const NativeRequest &native, std::string_view model);

    std::string_view text(std::string_view own) const
    {
        return m_changed ? std::string_view(*m_changed) : own;
    }

private:
    std::string m_asked;
    ModelParametersPtr m_parameters;
    std::optional<std::string> m_changed;
};

/// Undoes the compression of a request's body, so that it can be read; false when that cannot be done.
bool decodeBody(ClientRequest &request);

} // namespace Gateway
