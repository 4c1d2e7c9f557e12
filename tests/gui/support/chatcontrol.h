#pragma once

#include <future>
#include <optional>

#include "gateway/control/local/localchats.h"
#include "samplecontrol.h"
#include "tests/store/storefixture.h"

namespace Ui {

/// The sample gateway with real conversations: in a store of its own.
class ChatControl final : public Gateway::Control
{
    Q_OBJECT

public:
    ChatControl()
        : store(fixture.open())
        , m_chats(*store, *this, [this] { Q_EMIT chatsChanged(); })
    {
        connect(&sample, &Control::tokensChanged, this, &Control::tokensChanged);
    }

    Gateway::GatewayStatus status() const override { return sample.status(); }
    Gateway::KeyCommands &keys() override { return sample.keys(); }
    Gateway::TokenCommands &tokens() override { return sample.tokens(); }
    Gateway::SettingCommands &settings() override { return sample.settings(); }
    Gateway::RecordCommands &records() override { return sample.records(); }
    Gateway::ServingCommands &serving() override { return sample.serving(); }
    Gateway::ChatCommands &chats() override { return m_chats; }

    /// What the store has; waits for it.
    Gateway::ChatDetail detail(Gateway::ChatId id)
    {
        std::promise<Gateway::Result<std::optional<Gateway::ChatDetail>>> answer;
        store->readChat(id, [&answer](auto found) { answer.set_value(std::move(found)); });
        const auto found = answer.get_future().get();
        return found && *found ? **found : Gateway::ChatDetail();
    }

    SampleControl sample;
    Gateway::StoreFixture fixture;
    std::unique_ptr<Gateway::Store> store;

private:
    Gateway::LocalChats m_chats;
};

} // namespace Ui
