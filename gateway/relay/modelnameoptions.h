#pragma once

#include <string>
#include <vector>

#include "gateway/common/modelaliases.h"
#include "gateway/common/modelparameters.h"

namespace Gateway {

/// What of the settings says which names there are. Lists hold names and patterns with `*`.
struct ModelNameOptions
{
    ModelAliases aliases;     ///< The user's own.
    bool vendorNames = true;  ///< Whether names of OpenAI's and Anthropic's models mean Gemini's.
    bool derivedNames = true; ///< Whether "-search" and the like behind a model's name mean something.
    bool listsAliases = true; ///< Whether lists of models show the user's exact aliases.
    std::vector<std::string> searchModels;   ///< Shown in lists with "-search" too.
    std::vector<std::string> thinkingModels; ///< Shown in lists with "-non-thinking" too.
    std::vector<std::string> imageModels;    ///< Make pictures when "-image" stands behind the name.
    std::vector<std::string> hiddenModels;   ///< Left out of lists; served nevertheless.
    ModelParameters defaults;                ///< For every request.
};

} // namespace Gateway
