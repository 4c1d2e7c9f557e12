#pragma once

#include <memory>
#include <string>

#include "gateway/dialects/translation.h"
#include "gateway/relay/modelnames.h"

namespace Gateway {

using MakeTranslation = Result<std::unique_ptr<Translation>> (*)(std::string_view body,
                                                                 const TranslationContext &context);

/// The client's request `body` as if it had asked for `model`: another family takes other parameters.
/// A form stays as it is, and the translation is told of the model.
Result<std::unique_ptr<Translation>> translationFor(const std::string &model, MakeTranslation make,
                                                    const std::string &body, TranslationContext context);

/// `translation`, which `make` made of `body`, as the name in it is meant: for that model, with those
/// parameters.
Result<std::unique_ptr<Translation>> namedTranslation(std::unique_ptr<Translation> translation,
                                                      const ModelMeaning &meaning, MakeTranslation make,
                                                      const std::string &body,
                                                      const TranslationContext &context);

} // namespace Gateway
