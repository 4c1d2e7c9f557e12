#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/error.h"
#include "gateway/common/result.h"
#include "gateway/control/json/words.h"

namespace Gateway {

/// Takes the parameters of an admin request's query one by one. What is wrong with them is told at the end:
/// 422 with the parameter's name, also for one that nobody took.
class AdminQuery
{
public:
    /// `query`: without '?'.
    explicit AdminQuery(std::string_view query);

    // Each leaves `value` as it is when the parameter is absent.
    void take(std::string_view name, std::string &value);
    void take(std::string_view name, bool &value); ///< "true" or "false".
    void take(std::string_view name, std::int64_t &value, std::int64_t minimum, std::int64_t maximum);
    void take(std::string_view name, int &value, int minimum, int maximum);
    void take(std::string_view name, std::vector<std::int64_t> &values); ///< "1,2,3"

    template <typename E>
    void takeWord(std::string_view name, E &value)
    {
        if (const std::optional<std::string> word = find(name)) {
            if (const std::optional<E> known = fromName<E>(*word))
                value = *known;
            else
                refuse(name, "must be one of " + joinedWords(wordsOf(E{})));
        }
    }
    template <typename E>
    void takeWord(std::string_view name, std::optional<E> &value)
    {
        E word{};
        if (has(name)) {
            takeWord(name, word);
            value = word;
        }
    }

    Result<void> result();

private:
    struct Parameter
    {
        std::string name;
        std::string value;
        bool isTaken = false;
    };

    bool has(std::string_view name) const;
    std::optional<std::string> find(std::string_view name);
    void refuse(std::string_view name, const std::string &what);

    std::vector<Parameter> m_parameters;
    std::optional<Error> m_fault;
};

} // namespace Gateway
