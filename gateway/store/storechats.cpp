// Conversations of the built-in chat: the fourth part of Store.
#include "gateway/store/storeimpl.h"

namespace Gateway {

void Store::addChat(ChatRow chat, Answer<ChatRow> done)
{
    m_impl->change<ChatRow>(
        [chat = std::move(chat)](StoreWorker &worker) {
            return worker.chats().add(chat, worker.clock().nowMs());
        },
        std::move(done));
}

void Store::patchChat(ChatId id, ChatPatch patch, Answer<ChatRow> done)
{
    m_impl->change<ChatRow>(
        [id, patch = std::move(patch)](StoreWorker &worker) { return worker.chats().patch(id, patch); },
        std::move(done));
}

void Store::deleteChat(ChatId id, Done done)
{
    m_impl->m_thread.write(
        [id](StoreWorker &worker) { return worker.chats().remove(id, worker.clock().nowMs()); },
        std::move(done));
}

void Store::undeleteChat(ChatId id, Answer<ChatRow> done)
{
    m_impl->change<ChatRow>([id](StoreWorker &worker) { return worker.chats().restore(id); },
                            std::move(done));
}

void Store::appendChatMessage(ChatId id, ChatMessage message, Answer<ChatMessage> done)
{
    m_impl->change<ChatMessage>(
        [id, message = std::move(message)](StoreWorker &worker) {
            return worker.chats().append(id, message, worker.clock().nowMs());
        },
        std::move(done));
}

void Store::replaceChatMessage(ChatId id, ChatMessage message, Done done)
{
    m_impl->m_thread.write([id, message = std::move(message)](
                               StoreWorker &worker) { return worker.chats().replace(id, message); },
                           std::move(done));
}

void Store::truncateChat(ChatId id, std::int64_t position, Done done)
{
    m_impl->m_thread.write(
        [id, position](StoreWorker &worker) { return worker.chats().truncate(id, position); },
        std::move(done));
}

void Store::readChats(ChatQuery query, Answer<ChatRowPage> done)
{
    m_impl->read<ChatRowPage>(
        [query = std::move(query)](StoreReader &reader) { return reader.chats().page(query); },
        std::move(done));
}

void Store::readChat(ChatId id, Answer<std::optional<ChatDetail>> done)
{
    m_impl->read<std::optional<ChatDetail>>([id](StoreReader &reader) { return reader.chats().detail(id); },
                                            std::move(done));
}

} // namespace Gateway
