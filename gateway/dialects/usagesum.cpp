#include "gateway/dialects/usagesum.h"

#include <utility>

namespace Gateway {

namespace {

/// [{"modality":"TEXT","tokenCount":3}, …]
json::array detailSum(const json::array &first, const json::array &second)
{
    json::array sum = second;
    for (const json::value &value : first) {
        const json::object *detail = value.if_object();
        if (!detail)
            continue;
        json::object *like = nullptr;
        for (json::value &other : sum) {
            json::object *object = other.if_object();
            if (object && stringAt(*object, "modality") == stringAt(*detail, "modality"))
                like = object;
        }
        if (like)
            (*like)["tokenCount"] = integerAt(*like, "tokenCount", 0) + integerAt(*detail, "tokenCount", 0);
        else
            sum.push_back(value);
    }
    return sum;
}

} // namespace

json::object usageSum(const json::object &first, const json::object &second)
{
    json::object sum = second;
    for (const json::key_value_pair &member : first) {
        const json::value *other = second.if_contains(member.key());
        if (!other)
            sum[member.key()] = member.value();
        else if (member.value().is_int64() && other->is_int64())
            sum[member.key()] = member.value().get_int64() + other->get_int64();
        else if (member.value().is_array() && other->is_array())
            sum[member.key()] = detailSum(member.value().get_array(), other->get_array());
    }
    return sum;
}

} // namespace Gateway
