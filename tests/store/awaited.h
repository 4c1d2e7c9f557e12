#pragma once

#include <functional>
#include <future>
#include <utility>

#include "gateway/store/store.h"

namespace Gateway {

/// Waits for the outcome of a storing call.
inline Result<void> awaited(const std::function<void(Store::Done)> &call)
{
    std::promise<Result<void>> answer;
    call([&](Result<void> outcome) { answer.set_value(std::move(outcome)); });
    return answer.get_future().get();
}

/// Waits for the answer of a call that brings something.
template <typename T>
Result<T> answered(const std::function<void(Store::Answer<T>)> &call)
{
    std::promise<Result<T>> answer;
    call([&](Result<T> outcome) { answer.set_value(std::move(outcome)); });
    return answer.get_future().get();
}

} // namespace Gateway
