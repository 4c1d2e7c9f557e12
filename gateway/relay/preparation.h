#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <QObject>

#include "gateway/relay/namedtranslation.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/mediafetcher.h"

namespace Gateway {

/// A translated request while what it needs is gathered: thought signatures and the pictures it names by URL.
/// Kept alive by what it waits for.
class Preparation final : public std::enable_shared_from_this<Preparation>
{
public:
    using Done = std::function<void(std::unique_ptr<Passage> passage, std::vector<std::string> resources)>;

    /// `context` is the object in whose thread and life this runs; `parts`, `options` and `names` belong to
    /// it.
    Preparation(const RelayParts &parts, const RelayOptions &options, ModelNames &names, QObject *context,
                std::shared_ptr<RelayJob> job);

    /// Finds the model that is asked in place of the one that the client named: calls back once, with the
    /// client's own where that will do.
    using FindModel =
        std::function<void(const std::string &asked, std::function<void(Result<std::string> model)> done)>;

    /// To be called before start(), where names of models are to be resolved beyond the aliases.
    void setFindModel(FindModel find) { m_findModel = std::move(find); }

    /// Translates the job's body with `make`, then calls `done` once; not at all when the request was
    /// refused, the client left meanwhile, or Gemini takes it only in parts (they run then).
    void start(MakeTranslation make, Done done);

private:
    TranslationContext context() const;
    void findModel();
    void findMeaning();
    void understand(const ModelMeaning &meaning);
    void findSignatures();
    void findMedia();
    void fetched(const std::string &url, Result<FetchedBytes> bytes);
    void prepared();

    const RelayParts &m_parts;
    const RelayOptions &m_options;
    ModelNames &m_names;
    QObject *m_context;
    std::shared_ptr<RelayJob> m_job;
    MakeTranslation m_make = nullptr;
    Done m_done;
    FindModel m_findModel; ///< Null: aliases only.
    std::unique_ptr<Translation> m_translation;
    ModelParametersPtr m_parameters;
    TranslationInputs m_inputs;
    std::vector<std::unique_ptr<MediaFetch>> m_fetches;
    std::size_t m_pendingMedia = 0;
};

} // namespace Gateway
