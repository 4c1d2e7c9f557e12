#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/fakeanswer.h"
#include "tests/support/fakemodels.h"

namespace TestSupport {

/// What a batch was asked, and how often it was looked at.
struct FakeBatch
{
    std::string model; ///< Without "models/".
    std::string displayName;
    bool isOfVectors = false;
    bool isFromFile = false;
    std::vector<std::pair<std::string, json::object>> requests; ///< Key and request, names camelCase.
    int looks = 0;
    std::string state = "BATCH_STATE_PENDING";
};

/// Reads {batch:{displayName, inputConfig}} as Google does; `fileText` is the file it names, if any. An error
/// as Google tells it otherwise.
std::optional<FakeAnswer> readFakeBatch(const json::object &body, const FakeModel &model, bool isOfVectors,
                                        const std::string *fileText, FakeBatch &batch);

/// The name of the input file that `body` names, or empty.
std::string batchInputFile(const json::object &body);

/// Each look brings it further: pending, running, succeeded. A display name or a text with "[[batch=STATE]]"
/// has it end so: "[[batch=EXPIRED]]".
void advance(FakeBatch &batch);

/// The operation as GET tells it; `responsesFile` where the answers went into a file.
json::object batchOperation(const FakeBatch &batch, std::string_view name, std::string_view responsesFile);

/// The answers as lines of a responses file.
std::string batchLines(const FakeBatch &batch);

} // namespace TestSupport
