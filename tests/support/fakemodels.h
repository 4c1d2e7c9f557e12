#pragma once

#include <span>
#include <string_view>

#include <boost/json.hpp>

namespace TestSupport {

/// A row of the fake's catalogue.
struct FakeModel
{
    std::string_view id;
    std::string_view name;
    int version = 0; ///< 36 for 3.6; rules of Google's depend on it.
    bool embeds = false;
    bool draws = false;
    bool interactsOnly = false;
    bool speaks = false;
};

std::span<const FakeModel> fakeModels();

/// Null when Google has no such model (`id` without "models/").
const FakeModel *findFakeModel(std::string_view id);

/// As models.get answers.
boost::json::object modelJson(const FakeModel &model);

} // namespace TestSupport
