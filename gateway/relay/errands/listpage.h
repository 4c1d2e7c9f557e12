#pragma once

#include <string_view>
#include <vector>

#include "gateway/common/dialect.h"
#include "gateway/common/result.h"
#include "gateway/common/shelf.h"

namespace Gateway {

/// Which page of a list a client asked for.
struct ListPage
{
    ShelfQuery query;
    bool isReversed = false; ///< Asked backwards: the items come in the other order.
};

/// OpenAI: after, limit, order, purpose; Anthropic: after_id, before_id, limit. Fails with the client's 400.
Result<ListPage> readListPage(Dialect dialect, std::string_view query, int usual, int longest);

/// Takes away what is over the page's limit and puts the rest in the client's order; whether there is more.
bool trimPage(const ListPage &page, std::vector<ShelfItem> &items);

} // namespace Gateway
