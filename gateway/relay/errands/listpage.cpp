#include "gateway/relay/errands/listpage.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "gateway/common/text.h"

namespace Gateway {

Result<ListPage> readListPage(Dialect dialect, std::string_view query, int usual, int longest)
{
    ListPage page;
    page.query.limit = usual;
    if (const std::string limit = queryValue(query, "limit"); !limit.empty()) {
        const auto [end, fault] =
            std::from_chars(limit.data(), limit.data() + limit.size(), page.query.limit);
        if (fault != std::errc() || end != limit.data() + limit.size() || page.query.limit < 1 ||
            page.query.limit > longest)
            return fail(Error{400, "invalid_value",
                              "'limit' must be a whole number from 1 to " + std::to_string(longest) + '.',
                              "limit", 0});
    }
    if (dialect == Dialect::Anthropic) {
        page.query.after = queryValue(query, "after_id");
        if (std::string before = queryValue(query, "before_id"); !before.empty()) {
            page.query.after = std::move(before);
            page.query.isNewestFirst = false;
            page.isReversed = true;
        }
        return page;
    }
    page.query.after = queryValue(query, "after");
    page.query.label = queryValue(query, "purpose");
    page.query.isNewestFirst = queryValue(query, "order") != "asc";
    return page;
}

bool trimPage(const ListPage &page, std::vector<ShelfItem> &items)
{
    const auto limit = static_cast<std::size_t>(page.query.limit);
    const bool hasMore = items.size() > limit;
    if (hasMore)
        items.resize(limit);
    if (page.isReversed)
        std::reverse(items.begin(), items.end());
    return hasMore;
}

} // namespace Gateway
