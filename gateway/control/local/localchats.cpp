#include "gateway/control/local/localchats.h"

#include <optional>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/control/local/chatexport.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

tl::unexpected<Error> unknownChat()
{
    return fail(404, "unknown_chat", "There is no such conversation.");
}

tl::unexpected<Error> badValue(std::string text, std::string param)
{
    return fail(Error{422, "invalid_value", std::move(text), std::move(param), 0});
}

Result<void> checkSettings(const std::string &settings)
{
    if (!settings.empty() && !parseJsonObject(settings))
        return badValue("\"settings\" must be a JSON object.", "settings");
    return {};
}

Result<void> checkMessage(const ChatMessage &message)
{
    if (message.role != "user" && message.role != "model")
        return badValue("\"role\" must be \"user\" or \"model\".", "role");
    if (!parseJsonObject(message.content))
        return badValue("\"content\" must be a JSON object.", "content");
    return {};
}

} // namespace

LocalChats::LocalChats(Store &store, QObject &context, std::function<void()> changed)
    : m_store(store)
    , m_context(context)
    , m_changed(std::move(changed))
{
}

template <typename T>
Reply<T> LocalChats::told(Reply<T> reply)
{
    return {&m_context, [this, reply = std::move(reply)](Result<T> answer) {
                if (answer)
                    m_changed();
                reply(std::move(answer));
            }};
}

void LocalChats::list(ChatQuery query, Reply<ChatRowPage> reply)
{
    m_store.readChats(std::move(query), std::move(reply));
}

void LocalChats::get(ChatId id, Reply<ChatDetail> reply)
{
    m_store.readChat(id, [reply = std::move(reply)](Result<std::optional<ChatDetail>> detail) {
        if (!detail)
            reply(fail(std::move(detail.error())));
        else if (!*detail)
            reply(unknownChat());
        else
            reply(std::move(**detail));
    });
}

void LocalChats::create(ChatRow chat, Reply<ChatRow> reply)
{
    if (Result<void> sound = checkSettings(chat.settings); !sound)
        reply(fail(std::move(sound.error())));
    else
        m_store.addChat(std::move(chat), told(std::move(reply)));
}

void LocalChats::patch(ChatId id, ChatPatch patch, Reply<ChatRow> reply)
{
    if (Result<void> sound = checkSettings(patch.settings.value_or("")); !sound)
        reply(fail(std::move(sound.error())));
    else
        m_store.patchChat(id, std::move(patch), told(std::move(reply)));
}

void LocalChats::remove(ChatId id, Reply<void> reply)
{
    m_store.deleteChat(id, told(std::move(reply)));
}

void LocalChats::restore(ChatId id, Reply<ChatRow> reply)
{
    m_store.undeleteChat(id, told(std::move(reply)));
}

void LocalChats::append(ChatId id, ChatMessage message, Reply<ChatMessage> reply)
{
    if (Result<void> sound = checkMessage(message); !sound)
        reply(fail(std::move(sound.error())));
    else
        m_store.appendChatMessage(id, std::move(message), told(std::move(reply)));
}

void LocalChats::replace(ChatId id, ChatMessage message, Reply<void> reply)
{
    if (Result<void> sound = checkMessage(message); !sound)
        reply(fail(std::move(sound.error())));
    else
        m_store.replaceChatMessage(id, std::move(message), told(std::move(reply)));
}

void LocalChats::truncate(ChatId id, std::int64_t position, Reply<void> reply)
{
    m_store.truncateChat(id, position, told(std::move(reply)));
}

void LocalChats::exportChat(ChatId id, ChatFormat format, Reply<ExportedFile> reply)
{
    m_store.readChat(id, [format, reply = std::move(reply)](const Result<std::optional<ChatDetail>> &detail) {
        if (!detail)
            reply(fail(detail.error()));
        else if (!*detail)
            reply(unknownChat());
        else
            reply(exportedChat(**detail, format));
    });
}

} // namespace Gateway
