#include "gateway/control/local/recordview.h"

#include <optional>

#include "gateway/pool/keypool.h"

namespace Gateway {

RequestView requestView(const RequestRecord &record, std::int64_t seq)
{
    RequestView view;
    view.seq = seq;
    view.id = record.id;
    view.timeMs = record.timeMs;
    view.token = record.token;
    view.dialect = record.dialect;
    view.method = record.method;
    view.modelAsked = record.modelAsked;
    view.modelUsed = record.modelUsed;
    view.keyId = record.keyId;
    view.status = record.status;
    view.error = record.error;
    view.attempts = static_cast<int>(record.attempts.size());
    view.streamed = record.streamed;
    view.firstByteMs = record.firstByteMs;
    view.durationMs = record.durationMs;
    view.tokens = record.tokens;
    view.costMicro = record.costMicro;
    view.bytesIn = record.bytesIn;
    view.bytesOut = record.bytesOut;
    return view;
}

void nameKeys(std::vector<RequestView> &requests, const KeyPool &pool)
{
    for (RequestView &request : requests) {
        if (const std::optional<KeyView> key = pool.view(request.keyId))
            request.keyLabel =
                key->row.settings.label.empty() ? key->row.secret.masked() : key->row.settings.label;
    }
}

} // namespace Gateway
