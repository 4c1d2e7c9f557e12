#pragma once

#include "gateway/common/chatrow.h"
#include "gateway/control/commands/chatcommands.h"

namespace Gateway {

/// A conversation as a file. Markdown has the texts, the sources and the names of what was attached; JSON has
/// all, as the store keeps it.
ExportedFile exportedChat(const ChatDetail &detail, ChatFormat format);

} // namespace Gateway
