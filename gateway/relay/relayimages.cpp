// Requests of OpenAI's dialect for pictures and moderations.
#include <algorithm>
#include <utility>

#include "gateway/dialects/images/moderations.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/picturedown.h"
#include "gateway/relay/relay.h"
#include "gateway/telemetry/recorder.h"

namespace Gateway {

namespace {

constexpr std::string_view FILES = "/v1/images/files/";

MakeTranslation makerOf(ImageCall call)
{
    switch (call) {
    case ImageCall::Edit:
        return openAiImageEdit;
    case ImageCall::Variation:
        return openAiImageVariation;
    case ImageCall::Generation:
        break;
    }
    return openAiImageGeneration;
}

/// The picture's id in "/v1/images/files/ID.png"; empty where no id can be meant, so that nobody who guesses
/// keeps the store busy.
std::string pictureIdOf(std::string_view path)
{
    constexpr std::size_t idLength = 43; // see makeToken()
    path.remove_prefix(std::min(path.rfind('/') + 1, path.size()));
    const std::string_view id = path.substr(0, path.rfind('.'));
    return id.size() == idLength ? std::string(id) : std::string();
}

Error noPicture()
{
    return {404, "not_found", "There is no picture here, or its time is over.", {}, 0};
}

} // namespace

void Relay::openAiImages(ClientRequest request, std::unique_ptr<Downstream> down, ImageCall call)
{
    Result<AskedImages> asked = readAskedImages(headerValue(request.headers, "content-type"), request.body);
    if (asked && asked->wantsUrl)
        down = std::make_unique<PictureDown>(
            std::move(down),
            PicturePlace{m_parts.shelf, this, request.origin + std::string(FILES), m_parts.clock.nowMs()});
    const auto job = makeJob(std::move(request), std::move(down), Dialect::OpenAi);
    if (!asked) {
        job->nameRecord("images", {});
        job->refuse(asked.error());
        return;
    }
    job->request().body = std::move(asked->body);
    // A pattern such as "gpt-*" that means chats would send pictures to a model that makes none.
    const bool hasAlias = m_options.names.aliases.find(asked->model) != nullptr;
    if (!isOpenAiImageModel(asked->model) ||
        (hasAlias && drawsPictures(m_names.meaning(asked->model).model))) {
        prepare(job, makerOf(call));
        return;
    }
    runInstead(job,
               {std::move(asked->model), m_options.imageModel, imageModelAmong,
                "Google lists no model that draws for these keys and this access token. The setting "
                "IMAGE_MODEL can name one."},
               makerOf(call));
}

void Relay::openAiModerations(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const Result<json::object> body = parseJsonObject(request.body);
    std::string asked(body ? stringAt(*body, "model") : std::string_view());
    const bool isOther = !isOpenAiModerationModel(asked) || m_options.names.aliases.find(asked);
    const auto job = makeJob(std::move(request), std::move(down), Dialect::OpenAi);
    if (!body || isOther)
        prepare(job, openAiModeration);
    else
        runInstead(job,
                   {std::move(asked), m_options.moderationModel, moderationModelAmong,
                    "Google lists no Flash model for these keys and this access token. The setting "
                    "MODERATION_MODEL can name another."},
                   openAiModeration);
}

void Relay::runInstead(const std::shared_ptr<RelayJob> &job, StandIn standIn, MakeTranslation make)
{
    // The record tells what the client asked for, whatever is asked in its place.
    job->giveRecordTo([this, asked = std::move(standIn.asked)](RequestRecord record) {
        record.modelAsked = asked;
        m_parts.recorder.add(std::move(record));
    });
    if (!standIn.setting.empty()) {
        runWith(job, standIn.setting, make);
        return;
    }
    m_catalogue.list([this, job, make, choose = standIn.choose,
                      missing = standIn.missing](const Result<ModelCatalogue::Models> &models) {
        if (job->isOver())
            return;
        if (!models) {
            job->refuse(models.error());
            return;
        }
        const std::string model = choose(*allowedModels(job->request(), *models));
        if (model.empty())
            job->refuse({404, "model_not_found", std::string(missing), "model", 0});
        else
            runWith(job, model, make);
    });
}

/// Asks `model` in place of the one that was asked for; the answer names it.
void Relay::runWith(const std::shared_ptr<RelayJob> &job, const std::string &model, MakeTranslation make)
{
    Result<json::object> body = parseJsonObject(job->request().body);
    if (!body) {
        job->refuse(body.error());
        return;
    }
    (*body)["model"] = model;
    job->request().body = toJson(*body);
    job->useModel(model);
    prepare(job, make);
}

void Relay::picture(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = makeJob(std::move(request), std::move(down), Dialect::OpenAi);
    job->leaveNoRecord();
    const std::string id = pictureIdOf(job->request().path);
    if (id.empty()) {
        job->refuse(noPicture());
        return;
    }
    m_parts.shelf.find(id, {}, this, [job](Result<std::optional<ShelfItem>> found) {
        if (job->isOver())
            return;
        if (!found)
            job->refuse(found.error());
        else if (!*found || (*found)->kind != ShelfItem::PICTURE)
            job->refuse(noPicture());
        else
            job->passOn({200,
                         (*found)->label.empty() ? "application/octet-stream" : std::move((*found)->label),
                         {{"Cache-Control", "private, max-age=3600"}, {"X-Content-Type-Options", "nosniff"}},
                         std::move((*found)->content)},
                        {});
    });
}

} // namespace Gateway
