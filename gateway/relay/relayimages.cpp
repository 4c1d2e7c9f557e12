// Requests of OpenAI's dialect for pictures and moderations.
#include <algorithm>
#include <utility>

#include "gateway/dialects/bestmodel.h"
#include "gateway/dialects/images/moderations.h"
#include "gateway/relay/picturedown.h"
#include "gateway/relay/relay.h"

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
    prepareWith(job, drawing(), makerOf(call));
}

/// A pattern such as "gpt-*" that means chats would send pictures to a model that makes none.
Relay::StandIn Relay::drawing() const
{
    return {isOpenAiImageModel, drawsPictures, m_options.imageModel,
            [](std::string_view, std::span<const ModelInfo> models) {
                return bestModel(models, ModelKind::Image);
            },
            "Google lists no model that draws for these keys and this access token. The setting IMAGE_MODEL "
            "can name one."};
}

void Relay::openAiModerations(ClientRequest request, std::unique_ptr<Downstream> down)
{
    prepareWith(makeJob(std::move(request), std::move(down), Dialect::OpenAi), moderating(),
                openAiModeration);
}

/// Flash-Lite is the cheapest.
Relay::StandIn Relay::moderating() const
{
    return {isOpenAiModerationModel, [](std::string_view) { return true; }, m_options.moderationModel,
            [](std::string_view, std::span<const ModelInfo> models) {
                std::string best = bestModel(models, ModelKind::FlashLite);
                return best.empty() ? bestModel(models, ModelKind::Flash) : best;
            },
            "Google lists no Flash model for these keys and this access token. The setting MODERATION_MODEL "
            "can name another."};
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
