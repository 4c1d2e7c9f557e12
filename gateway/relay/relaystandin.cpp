// Which of Gemini's models is asked in place of one of OpenAI's.
#include <utility>

#include "gateway/relay/admission.h"
#include "gateway/relay/relay.h"

namespace Gateway {

void Relay::prepareWith(const std::shared_ptr<RelayJob> &job, StandIn standIn, MakeTranslation make)
{
    const auto preparation = std::make_shared<Preparation>(m_parts, m_options, m_names, this, job);
    preparation->setFindModel([this, job, standIn = std::move(standIn)](
                                  const std::string &asked, std::function<void(Result<std::string>)> done) {
        findStandIn(job, standIn, asked, std::move(done));
    });
    preparation->start(make,
                       [this, job](std::unique_ptr<Passage> passage, std::vector<std::string> resources) {
                           runForOwner(job, std::move(passage), std::move(resources));
                       });
}

void Relay::findStandIn(const std::shared_ptr<RelayJob> &job, const StandIn &standIn,
                        const std::string &asked, std::function<void(Result<std::string>)> done)
{
    const bool hasAlias = m_options.names.aliases.find(asked) != nullptr;
    if (!standIn.isOpenAis(asked) || (hasAlias && standIn.fits(m_names.meaning(asked).model))) {
        done(asked);
        return;
    }
    if (!standIn.setting.empty()) {
        done(standIn.setting);
        return;
    }
    m_catalogue.list([job, asked, choose = standIn.choose, missing = standIn.missing,
                      done = std::move(done)](const Result<ModelCatalogue::Models> &models) {
        if (job->isOver())
            return;
        if (!models) {
            done(fail(models.error()));
            return;
        }
        std::string model = choose(asked, *allowedModels(job->request(), *models));
        if (model.empty())
            done(fail(Error{404, "model_not_found", std::string(missing), "model", 0}));
        else
            done(std::move(model));
    });
}

} // namespace Gateway
