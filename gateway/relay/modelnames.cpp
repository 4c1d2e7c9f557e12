#include "gateway/relay/modelnames.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <QTimer>

#include "gateway/common/text.h"
#include "gateway/dialects/bestmodel.h"

namespace Gateway {

namespace {

constexpr std::size_t MOST_FOUND = 1024;
constexpr int LONGEST_WAIT_MS = 5000;
constexpr std::int64_t RETRY_MS = 30'000; ///< A list that could not be had is asked for again after this.
constexpr std::string_view SEARCH = "-search";
constexpr std::string_view NON_THINKING = "-non-thinking";
constexpr std::string_view THINKING = "-thinking-";
constexpr std::string_view IMAGE = "-image";

bool fitsAny(std::string_view name, const std::vector<std::string> &patterns)
{
    return std::any_of(patterns.begin(), patterns.end(),
                       [name](const std::string &pattern) { return matchesPattern(name, pattern); });
}

/// "gemini-x-thinking-1000" → "gemini-x" and 1000.
bool takeBudget(std::string_view &name, ModelParameters &parameters)
{
    const std::size_t at = name.rfind(THINKING);
    if (at == std::string_view::npos)
        return false;
    const std::optional<ThinkingWish> wish = ThinkingWish::parse(name.substr(at + THINKING.size()));
    if (!wish || wish->effort != ThinkingWish::Effort::Tokens)
        return false;
    parameters.thinking = Wish<ThinkingWish>{*wish, true};
    name = name.substr(0, at);
    return true;
}

/// One suffix of the derived names; what it asks for.
bool takeSuffix(std::string_view &name, ModelParameters &parameters)
{
    if (!parameters.thinking && name.ends_with(NON_THINKING)) {
        parameters.thinking = Wish<ThinkingWish>{{ThinkingWish::Effort::Off, 0}, true};
        name.remove_suffix(NON_THINKING.size());
        return true;
    }
    if (!parameters.search && name.ends_with(SEARCH)) {
        parameters.search = true;
        name.remove_suffix(SEARCH.size());
        return true;
    }
    if (!parameters.image && name.ends_with(IMAGE)) {
        parameters.image = true;
        name.remove_suffix(IMAGE.size());
        return true;
    }
    return !parameters.thinking && takeBudget(name, parameters);
}

std::string_view withoutVendor(std::string_view name)
{
    for (const std::string_view prefix : {"openai/", "anthropic/"}) {
        if (name.starts_with(prefix))
            return name.substr(prefix.size());
    }
    return name;
}

/// Where a list has none of a kind, the next best.
ModelKind instead(ModelKind kind)
{
    return kind == ModelKind::Pro || kind == ModelKind::FlashLite ? ModelKind::Flash : ModelKind::Other;
}

} // namespace

ModelNames::ModelNames(ModelCatalogue &catalogue, const Clock &clock, QObject *context)
    : m_catalogue(catalogue)
    , m_clock(clock)
    , m_context(context)
{
}

void ModelNames::setOptions(ModelNameOptions options)
{
    m_options = std::move(options);
    m_defaults =
        m_options.defaults.isEmpty() ? nullptr : std::make_shared<const ModelParameters>(m_options.defaults);
    m_found.clear();
    m_shownOf.reset();
}

/// Another list of models may give names another meaning.
void ModelNames::follow()
{
    if (m_models == m_catalogue.known())
        return;
    m_models = m_catalogue.known();
    m_byId.clear();
    for (const ModelInfo &model : *m_models)
        m_byId.emplace(model.id, &model);
    m_found.clear();
}

bool ModelNames::isKnown(std::string_view name) const
{
    return m_byId.contains(name);
}

bool ModelNames::isHidden(std::string_view name) const
{
    return fitsAny(name, m_options.hiddenModels);
}

bool ModelNames::mayNotRead() const
{
    return m_failedAtMs != 0 && m_clock.monotonicMs() - m_failedAtMs < RETRY_MS;
}

const ModelMeaning *ModelNames::find(std::string_view name, const ModelParametersPtr &token)
{
    const ModelMeaning &found = meaning(name, token);
    if (!found.usesCatalogue)
        return &found;
    if (m_models)
        m_catalogue.keepFresh();
    return m_models || mayNotRead() ? &found : nullptr;
}

const ModelMeaning &ModelNames::meaning(std::string_view name, const ModelParametersPtr &token)
{
    follow();
    if (const auto found = m_found.find(NameView(name, token.get())); found != m_found.end())
        return found->second;
    if (m_found.size() >= MOST_FOUND) // clients may make names up
        m_found.clear();
    return m_found.emplace(Name{std::string(name), token}, made(name, token)).first->second;
}

void ModelNames::wait(std::function<void()> done)
{
    auto once = std::make_shared<std::function<void()>>(std::move(done));
    const auto go = [once] {
        if (const auto call = std::exchange(*once, nullptr))
            call();
    };
    QTimer::singleShot(LONGEST_WAIT_MS, m_context, [this, once, go] {
        if (*once)
            m_failedAtMs = m_clock.monotonicMs();
        go();
    });
    m_catalogue.list([this, go](const Result<ModelCatalogue::Models> &models) {
        m_failedAtMs = models ? 0 : m_clock.monotonicMs();
        go();
    });
}

ModelMeaning ModelNames::made(std::string_view name, const ModelParametersPtr &token) const
{
    ModelMeaning meaning = basic(name);
    meaning.parameters = combined(combined(m_defaults, token), meaning.parameters);
    return meaning;
}

/// With no parameters but the name's own.
ModelMeaning ModelNames::basic(std::string_view name) const
{
    ModelMeaning meaning;
    meaning.model = name;
    if (const ModelAlias *alias = m_options.aliases.find(name)) {
        aim(*alias, name, meaning);
        return meaning;
    }
    if (isKnown(name) || (m_options.derivedNames && derive(name, meaning)))
        return meaning;
    const ModelAlias *alias =
        m_options.vendorNames ? ModelAliases::vendors().find(withoutVendor(name)) : nullptr;
    if (alias)
        aim(*alias, name, meaning);
    return meaning;
}

void ModelNames::aim(const ModelAlias &alias, std::string_view name, ModelMeaning &meaning) const
{
    meaning.parameters = alias.parameters;
    if (const std::optional<ModelKind> kind = kindOfTarget(alias.target)) {
        meaning.usesCatalogue = true;
        meaning.model = best(*kind);
    } else {
        meaning.model = alias.target;
    }
    if (meaning.model.empty())
        meaning.model = name;
}

/// Suffixes in any order, each once; what stands before them has to be a model's name or an alias, so that
/// "gemini-3.1-flash-image" stays Google's own.
bool ModelNames::derive(std::string_view name, ModelMeaning &meaning) const
{
    ModelParameters wanted;
    std::string_view base = name;
    while (takeSuffix(base, wanted)) {
        if (wanted.image && m_options.imageModels.empty())
            return false;
        const ModelAlias *alias = m_options.aliases.find(base);
        if (!alias && m_options.vendorNames)
            alias = ModelAliases::vendors().find(withoutVendor(base));
        const bool isModel = m_models ? isKnown(base) : base.starts_with("gemini-") && !wanted.image;
        meaning.usesCatalogue = meaning.usesCatalogue || !m_models;
        if (!alias && !isModel)
            continue;
        ModelMeaning real;
        real.model = base;
        if (alias)
            aim(*alias, base, real);
        if (wanted.image && !fitsAny(real.model, m_options.imageModels))
            continue;
        ModelParameters sum = real.parameters ? *real.parameters : ModelParameters();
        sum.add(wanted);
        meaning.model = real.model;
        meaning.parameters = std::make_shared<const ModelParameters>(std::move(sum));
        meaning.usesCatalogue = true;
        return true;
    }
    return false;
}

std::string ModelNames::best(ModelKind kind) const
{
    if (!m_models)
        return std::string(latestName(kind));
    std::string found = bestModel(*m_models, kind, [this](std::string_view id) { return !isHidden(id); });
    if (!found.empty())
        return found;
    const ModelKind next = instead(kind);
    return next == ModelKind::Other ? std::string(latestName(kind)) : best(next);
}

} // namespace Gateway
