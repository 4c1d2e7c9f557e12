#include "gateway/relay/namedtranslation.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/dialects/changedtranslation.h"

namespace Gateway {

Result<std::unique_ptr<Translation>> translationFor(const std::string &model, MakeTranslation make,
                                                    const std::string &body, TranslationContext context)
{
    if (startsWithIgnoreCase(context.contentType, "multipart/form-data")) {
        context.formModel = model;
        return make(body, context);
    }
    Result<json::object> asked = parseJsonObject(body);
    if (!asked)
        return tl::unexpected<Error>(std::move(asked.error()));
    (*asked)["model"] = model;
    return make(toJson(*asked), context);
}

Result<std::unique_ptr<Translation>> namedTranslation(std::unique_ptr<Translation> translation,
                                                      const ModelMeaning &meaning, MakeTranslation make,
                                                      const std::string &body,
                                                      const TranslationContext &context)
{
    if (meaning.model != translation->model()) {
        Result<std::unique_ptr<Translation>> other = translationFor(meaning.model, make, body, context);
        if (!other)
            return other;
        translation = std::move(*other);
    }
    return withParameters(std::move(translation), meaning.parameters);
}

} // namespace Gateway
