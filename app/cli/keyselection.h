#pragma once

#include <functional>
#include <vector>

#include "app/cli/clicall.h"

namespace Gateway {

/// The conditions that the options name.
KeyQuery keyQueryOf(CliCall &call);

/// The keys that a verb is to work on: the ids among its words, or those that its conditions (or --all)
/// choose. Ends the run when that is nobody; `then` comes later.
void selectKeys(CliCall &call, std::function<void(std::vector<KeyId>)> then);

/// A table of keys.
std::string keyTable(const std::vector<KeyInfo> &keys);

/// Prints the keys as table or JSON.
void showKeys(const CliCall &call, const std::vector<KeyInfo> &keys);

/// What the options say of keys; a wrong value ends the run.
KeyPatch keyPatchOf(CliCall &call);

} // namespace Gateway
