#include "gateway/relay/nativebody.h"

#include <utility>

#include "gateway/dialects/bodychanges.h"
#include "gateway/telemetry/inflatetap.h"

namespace Gateway {

namespace {

constexpr std::size_t MOST_DECODED = 256u * 1024 * 1024;

} // namespace

NativeBody::NativeBody(std::string asked, ModelParametersPtr parameters)
    : m_asked(std::move(asked))
    , m_parameters(std::move(parameters))
{
}

bool NativeBody::mayChange(const NativeRequest &native) const
{
    const bool isGemini = native.words == AnswerWords::Gemini;
    return (!m_asked.empty() && m_asked != native.model) ||
           (m_parameters && isGemini && mayChangeBody(native.method, *m_parameters));
}

Result<void> NativeBody::write(std::string_view own, const NativeRequest &native, std::string_view model)
{
    std::optional<std::string> renamed;
    if (!m_asked.empty() && m_asked != model)
        renamed = renamedBody(own, m_asked, model);
    if (m_parameters && native.words == AnswerWords::Gemini) {
        Result<std::optional<std::string>> changed =
            changedBody(renamed ? *renamed : own, model, native.method, *m_parameters);
        if (!changed)
            return tl::unexpected<Error>(std::move(changed.error()));
        if (*changed)
            renamed = std::move(*changed);
    }
    m_changed = std::move(renamed);
    return {};
}

bool decodeBody(ClientRequest &request)
{
    const std::string_view encoding = headerValue(request.headers, "content-encoding");
    if (encoding.empty() || equalsIgnoreCase(encoding, "identity"))
        return true;
    if (!InflateTap::canRead(encoding))
        return false;
    request.body = inflated(request.body, encoding, MOST_DECODED);
    std::erase_if(request.headers,
                  [](const auto &header) { return equalsIgnoreCase(header.first, "content-encoding"); });
    return true;
}

} // namespace Gateway
