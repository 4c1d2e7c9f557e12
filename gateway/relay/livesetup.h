#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// What of a Live session's first message decides where it goes.
struct LiveSetup
{
    std::string model; ///< Without "models/"; empty when an ephemeral token fixes it.
    /// What it names that belongs to one key's project: files, caches, the session that it resumes.
    std::vector<std::string> resources;
};

/// Reads the message; 400 when it is none that could begin a session.
Result<LiveSetup> readLiveSetup(std::string_view message);

/// The message with another model (without "models/") in it; itself when it cannot be read.
std::string withLiveModel(std::string_view message, std::string_view model);

/// The handle in a message of Google's that lets the session be resumed, as it is remembered; empty when it
/// has none.
std::string resumptionName(std::string_view message);

} // namespace Gateway
