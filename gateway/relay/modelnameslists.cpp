// The lists of models that clients see.
#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/relay/modelnames.h"

namespace Gateway {

namespace {

bool fitsAny(std::string_view name, const std::vector<std::string> &patterns)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [name](const std::string &pattern) { return matchesPattern(name, pattern); });
}

bool chats(const ModelInfo &model)
{
    const ModelKind kind = modelKind(model.id);
    return kind == ModelKind::Pro || kind == ModelKind::Flash || kind == ModelKind::FlashLite;
}

/// `model` under another name.
ModelInfo renamed(const ModelInfo &model, const std::string &name)
{
    ModelInfo copy = model;
    copy.id = name;
    copy.standsFor = model.standsFor.empty() ? model.id : model.standsFor;
    copy.displayName = name + " (" + (model.displayName.empty() ? model.id : model.displayName) + ')';
    if (Result<json::object> google = parseJsonObject(model.json)) {
        (*google)["name"] = "models/" + name;
        (*google)["displayName"] = copy.displayName;
        copy.json = toJson(*google);
    }
    return copy;
}

} // namespace

bool ModelNames::changesLists() const
{
    const auto isExact = [](const ModelAlias &alias) { return !alias.isPattern(); };
    const auto rules = m_options.aliases.rules();
    const bool derives = !m_options.searchModels.empty() || !m_options.thinkingModels.empty() ||
                         !m_options.imageModels.empty();
    return !m_options.hiddenModels.empty() || (m_options.derivedNames && derives) ||
           (m_options.listsAliases && std::any_of(rules.begin(), rules.end(), isExact));
}

void ModelNames::addDerived(std::vector<ModelInfo> &shown, const ModelInfo &model) const
{
    if (!m_options.derivedNames)
        return;
    if (chats(model) && fitsAny(model.id, m_options.searchModels))
        shown.push_back(renamed(model, model.id + "-search"));
    if (chats(model) && model.thinks && fitsAny(model.id, m_options.thinkingModels))
        shown.push_back(renamed(model, model.id + "-non-thinking"));
    if (!isKnown(model.id + "-image") && fitsAny(model.id, m_options.imageModels))
        shown.push_back(renamed(model, model.id + "-image"));
}

ModelCatalogue::Models ModelNames::shown(const ModelCatalogue::Models &models)
{
    follow();
    if (!changesLists())
        return models;
    if (m_shownOf == models)
        return m_shown;
    std::vector<ModelInfo> list;
    for (const ModelInfo &model : *models) {
        if (isHidden(model.id))
            continue;
        list.push_back(model);
        addDerived(list, model);
    }
    for (const ModelAlias &alias : m_options.aliases.rules()) {
        if (!m_options.listsAliases || alias.isPattern() || isHidden(alias.name) || isKnown(alias.name))
            continue;
        if (std::optional<ModelInfo> described = describe(*models, alias.name))
            list.push_back(std::move(*described));
    }
    m_shownOf = models;
    m_shown = std::make_shared<const std::vector<ModelInfo>>(std::move(list));
    return m_shown;
}

std::optional<ModelInfo> ModelNames::describe(const std::vector<ModelInfo> &models, std::string_view name)
{
    const std::string target = meaning(name).model;
    const auto found = std::find_if(models.begin(), models.end(),
                                    [&target](const ModelInfo &model) { return model.id == target; });
    if (found == models.end())
        return std::nullopt;
    return target == name ? *found : renamed(*found, std::string(name));
}

} // namespace Gateway
