#include "gateway/remembered.h"

#include <optional>
#include <utility>

#include "gateway/store/store.h"

namespace Gateway {

namespace {

/// Moves the answer into `value`, or its error into `error` unless there is one.
template <typename T>
void take(Result<std::vector<T>> answer, std::vector<T> &value, std::optional<Error> &error)
{
    if (answer)
        value = std::move(*answer);
    else if (!error)
        error = std::move(answer.error());
}

} // namespace

Result<Remembered> rememberedBy(Store &store)
{
    Remembered all;
    std::optional<Error> error;
    take(store.loadKeys(), all.keys, error);
    take(store.loadQuotas(), all.quotas, error);
    take(store.loadModelStates(), all.models, error);
    take(store.loadTokens(), all.tokens, error);
    take(store.loadTokenUse(), all.uses, error);
    take(store.loadPrices(), all.prices, error);
    take(store.loadProxies(), all.proxies, error);
    if (error)
        return fail(std::move(*error));
    return all;
}

} // namespace Gateway
