#pragma once

#include <vector>

#include "gateway/control/commands/chatcommands.h"

namespace Ui {

/// Conversations in a plain list, the last used first; they can be read, and nothing else.
class SampleChats final : public Gateway::ChatCommands
{
public:
    std::vector<Gateway::ChatDetail> chats;

    void list(Gateway::ChatQuery query, Gateway::Reply<Gateway::ChatRowPage> reply) override;
    void get(Gateway::ChatId id, Gateway::Reply<Gateway::ChatDetail> reply) override;
};

/// Conversations of today, yesterday and before, the first with code, thoughts, sources and a failure.
std::vector<Gateway::ChatDetail> sampleChats(std::int64_t nowMs);

} // namespace Ui
