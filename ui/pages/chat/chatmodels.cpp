#include "ui/pages/chat/chatmodels.h"

#include <string>
#include <tuple>

#include "gateway/common/modelkinds.h"

namespace Ui {

namespace {

using Gateway::ModelKind;

bool chats(ModelKind kind)
{
    return kind == ModelKind::Pro || kind == ModelKind::Flash || kind == ModelKind::FlashLite;
}

/// The kind that most likely still has room where one of `failed` has none.
ModelKind roomierThan(ModelKind failed)
{
    return failed == ModelKind::Flash ? ModelKind::FlashLite : ModelKind::Flash;
}

} // namespace

QString otherModel(const QList<ChatModel> &models, const QString &failed)
{
    const ModelKind wanted = roomierThan(Gateway::modelKind(failed.toStdString()));
    std::string best;
    const auto rankOf = [wanted](const std::string &id) {
        const ModelKind kind = Gateway::modelKind(id);
        return std::tuple(kind == wanted, kind == ModelKind::Flash);
    };
    for (const ChatModel &model : models) {
        const std::string id = model.id.toStdString();
        if (model.id == failed || !chats(Gateway::modelKind(id)))
            continue;
        const bool isAsGood = !best.empty() && rankOf(id) == rankOf(best);
        if (best.empty() || rankOf(id) > rankOf(best) || (isAsGood && Gateway::isBetterModel(id, best)))
            best = id;
    }
    return QString::fromStdString(best);
}

} // namespace Ui
