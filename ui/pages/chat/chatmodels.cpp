#include "ui/pages/chat/chatmodels.h"

#include <array>
#include <tuple>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

enum Kind : int { Lite, Flash, Pro, OtherKind };

Kind kindOf(const QString &id)
{
    if (id.contains("lite"_L1))
        return Lite;
    if (id.contains("flash"_L1))
        return Flash;
    return id.contains("pro"_L1) ? Pro : OtherKind;
}

/// Vectors, pictures, speech and live sessions answer no chat.
bool chats(const QString &id)
{
    constexpr std::array words = {"embedding", "image",  "tts", "live",    "audio",
                                  "aqa",       "imagen", "veo", "robotics"};
    for (const char *word : words) {
        if (id.contains(QLatin1StringView(word)))
            return false;
    }
    return id.startsWith("gemini"_L1);
}

/// 3.6 of "gemini-3.6-flash"; 0: it names none.
double versionOf(const QString &id)
{
    static const QRegularExpression number(u"-(\\d+(\\.\\d+)?)-"_s);
    return number.match(id).captured(1).toDouble();
}

bool isStable(const QString &id)
{
    return !id.contains("preview"_L1) && !id.contains("exp"_L1) && !id.contains("latest"_L1);
}

/// The better candidate compares greater.
auto rankOf(const QString &id, const QString &failed)
{
    const Kind kind = kindOf(id);
    const Kind now = kindOf(failed);
    const Kind wanted = now == Pro ? Flash : (now == Flash ? Lite : Flash);
    return std::tuple(kind == wanted, kind == Flash, kind != OtherKind, isStable(id), versionOf(id));
}

} // namespace

QString otherModel(const QList<ChatModel> &models, const QString &failed)
{
    const ChatModel *best = nullptr;
    for (const ChatModel &model : models) {
        if (model.id == failed || !chats(model.id))
            continue;
        if (!best || rankOf(model.id, failed) > rankOf(best->id, failed))
            best = &model;
    }
    return best ? best->id : QString();
}

} // namespace Ui
