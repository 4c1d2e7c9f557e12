#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <QObject>

#include "gateway/common/modelkinds.h"
#include "gateway/relay/modelcatalogue.h"
#include "gateway/relay/modelnameoptions.h"

namespace Gateway {

/// What a name stands for.
struct ModelMeaning
{
    std::string model;             ///< Google's id, without "models/".
    ModelParametersPtr parameters; ///< What its requests are given; null: nothing.
    bool usesCatalogue = false;    ///< Could be another with another list of models.
};

/// The names by which one worker's clients ask for models: aliases, derived names, kinds of models ("@flash")
/// by Google's list. Remembers what it found out. Lives in the worker's thread.
class ModelNames
{
public:
    /// `catalogue` and `context`, in whose thread and life this runs, outlive it.
    ModelNames(ModelCatalogue &catalogue, const Clock &clock, QObject *context);

    void setOptions(ModelNameOptions options);

    /// What `name` (without "models/") stands for, itself when nothing else, for the requests of a token with
    /// these parameters: they are stronger than the settings', the name's own are stronger than they. Null
    /// when Google's list has to be read first: see wait(). Valid until the next call.
    const ModelMeaning *find(std::string_view name, const ModelParametersPtr &token = nullptr);

    /// As find(), by what is known now: without Google's list kinds are its own moving names
    /// ("gemini-flash-latest").
    const ModelMeaning &meaning(std::string_view name, const ModelParametersPtr &token = nullptr);

    /// Calls `done` when Google's list was read, cannot be had, or is too late.
    void wait(std::function<void()> done);

    /// Whether clients see another list of models than Google's.
    bool changesLists() const;
    /// Google's `models` as clients see them: without the hidden ones, with aliases and derived names.
    ModelCatalogue::Models shown(const ModelCatalogue::Models &models);
    /// The model of that name in `models`, an alias with the data of what it stands for; nothing when there
    /// is none.
    std::optional<ModelInfo> describe(const std::vector<ModelInfo> &models, std::string_view name);

private:
    /// A name in a request of a token with these parameters.
    struct Name
    {
        std::string text;
        ModelParametersPtr token; ///< Kept: no other may come to lie where it was.
    };
    struct NameView
    {
        NameView(std::string_view name, const ModelParameters *parameters)
            : text(name)
            , token(parameters)
        {
        }
        NameView(const Name &name)
            : NameView(name.text, name.token.get())
        {
        }
        std::string_view text;
        const ModelParameters *token;
    };
    struct NameHash
    {
        using is_transparent = void;
        std::size_t operator()(const NameView &name) const
        {
            return std::hash<std::string_view>()(name.text) ^ std::hash<const void *>()(name.token);
        }
    };
    struct NameEqual
    {
        using is_transparent = void;
        bool operator()(const NameView &a, const NameView &b) const
        {
            return a.token == b.token && a.text == b.text;
        }
    };
    using Names = std::unordered_map<Name, ModelMeaning, NameHash, NameEqual>;

    void follow();
    bool isKnown(std::string_view name) const;
    bool isHidden(std::string_view name) const;
    bool mayNotRead() const;
    ModelMeaning made(std::string_view name, const ModelParametersPtr &token) const;
    ModelMeaning basic(std::string_view name) const;
    bool derive(std::string_view name, ModelMeaning &meaning) const;
    void aim(const ModelAlias &alias, std::string_view name, ModelMeaning &meaning) const;
    std::string best(ModelKind kind) const;
    void addDerived(std::vector<ModelInfo> &shown, const ModelInfo &model) const;

    ModelCatalogue &m_catalogue;
    const Clock &m_clock;
    QObject *m_context;
    ModelNameOptions m_options;
    ModelParametersPtr m_defaults; ///< Null: none.
    ModelCatalogue::Models m_models;
    std::unordered_map<std::string_view, const ModelInfo *> m_byId; ///< Into m_models.
    Names m_found;
    std::int64_t m_failedAtMs = 0; ///< When the list could not be had; 0: never.
    ModelCatalogue::Models m_shownOf;
    ModelCatalogue::Models m_shown;
};

} // namespace Gateway
