#include "gateway/http/admin/admincall.h"

#include <charconv>

namespace Gateway {

bool AdminCall::takeId(std::int64_t &id) const
{
    const std::string &text = segments.front();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error == std::errc() && end == text.data() + text.size() && id > 0)
        return true;
    answer.fail({404, "not_found", "There is nothing with this id.", {}, 0});
    return false;
}

bool AdminCall::queryIsSound()
{
    const Result<void> sound = query.result();
    if (!sound)
        answer.fail(sound.error());
    return sound.has_value();
}

} // namespace Gateway
