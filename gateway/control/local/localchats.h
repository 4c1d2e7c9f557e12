#pragma once

#include <functional>

#include <QObject>

#include "gateway/control/commands/chatcommands.h"

namespace Gateway {

class Store;

/// The conversations in the store of this process.
class LocalChats final : public ChatCommands
{
public:
    /// Answers of the store come into the thread of `context`, where `changed` is called after each change.
    /// Both outlive this.
    LocalChats(Store &store, QObject &context, std::function<void()> changed);

    void list(ChatQuery query, Reply<ChatRowPage> reply) override;
    void get(ChatId id, Reply<ChatDetail> reply) override;
    void create(ChatRow chat, Reply<ChatRow> reply) override;
    void patch(ChatId id, ChatPatch patch, Reply<ChatRow> reply) override;
    void remove(ChatId id, Reply<void> reply) override;
    void restore(ChatId id, Reply<ChatRow> reply) override;
    void append(ChatId id, ChatMessage message, Reply<ChatMessage> reply) override;
    void replace(ChatId id, ChatMessage message, Reply<void> reply) override;
    void truncate(ChatId id, std::int64_t position, Reply<void> reply) override;
    void exportChat(ChatId id, ChatFormat format, Reply<ExportedFile> reply) override;

private:
    /// Hands the answer on, having told of the change.
    template <typename T>
    Reply<T> told(Reply<T> reply);

    Store &m_store;
    QObject &m_context;
    std::function<void()> m_changed;
};

} // namespace Gateway
