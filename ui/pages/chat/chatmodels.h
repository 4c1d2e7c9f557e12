#pragma once

#include <QString>

#include "ui/pages/chat/chatclient.h"

namespace Ui {

/// The model to offer where `failed` did not answer: one that chats, of the kind that most likely still has
/// room (flash for pro, lite for flash), the newest of it, a stable one before previews. Empty when there is
/// none.
QString otherModel(const QList<ChatModel> &models, const QString &failed);

} // namespace Ui
