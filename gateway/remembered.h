#pragma once

#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/common/pricetable.h"
#include "gateway/common/proxyrow.h"
#include "gateway/common/quota.h"
#include "gateway/common/result.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

class Store;

/// What the store knows when a gateway starts.
struct Remembered
{
    std::vector<KeyRow> keys;
    std::vector<QuotaRow> quotas;
    std::vector<ModelStateRow> models;
    std::vector<TokenRow> tokens;
    std::vector<TokenUse> uses;
    std::vector<PriceRow> prices;
    std::vector<ProxyRow> proxies;
};

/// Waits for the store; the first error when something cannot be read.
Result<Remembered> rememberedBy(Store &store);

} // namespace Gateway
