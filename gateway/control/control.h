#pragma once

#include <string>
#include <vector>

#include <QObject>

#include "gateway/control/commands/chatcommands.h"
#include "gateway/control/commands/keycommands.h"
#include "gateway/control/commands/recordcommands.h"
#include "gateway/control/commands/servingcommands.h"
#include "gateway/control/commands/settingcommands.h"
#include "gateway/control/commands/tokencommands.h"
#include "gateway/control/values/gatewaystatus.h"

namespace Gateway {

/// The one facade through which windows, command line and admin API see a gateway: one in this process
/// (LocalControl), a server's (RemoteControl), or only its store (StoreControl). Used in the thread that made
/// it. Commands return at once and answer later (Reply).
///
/// Signals come at most ten times a second each and tell what has changed since the last one; who hears one
/// asks for what it needs.
class Control : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Control)

public:
    explicit Control(QObject *parent = nullptr);
    ~Control() override;

    /// As of the last statusChanged(), without asking anybody; `uptimeMs` of this moment.
    virtual GatewayStatus status() const = 0;

    /// Whose name the audit gets; see ActingAs.
    const std::string &actor() const { return m_actor; }

    virtual KeyCommands &keys() = 0;
    virtual TokenCommands &tokens() = 0;
    virtual SettingCommands &settings() = 0;
    virtual RecordCommands &records() = 0;
    virtual ServingCommands &serving() = 0;
    /// Where it is not overridden, every command answers "not_supported".
    virtual ChatCommands &chats() { return m_noChats; }

Q_SIGNALS:
    void statusChanged();
    /// Added, edited, deleted, or changed in health; empty: any may have (more than 1,000 have).
    void keysChanged(const std::vector<Gateway::KeyId> &ids);
    void modelHealthChanged(const std::vector<std::string> &models);
    void tokensChanged();
    void settingsChanged();
    void proxiesChanged();
    void pricesChanged();
    void chatsChanged();
    /// Oldest first; of more than 500 in one tick only the newest 500.
    void requestsRecorded(const std::vector<Gateway::RequestView> &batch);
    /// The running check; without the results that were told before.
    void checkProgress(const Gateway::CheckProgress &progress);
    void logAppended(const std::vector<Gateway::LogLine> &lines);

private:
    friend class ActingAs;
    std::string m_actor;
    ChatCommands m_noChats;
};

/// While it lives, the control's commands are this actor's: "admin 192.0.2.7".
class ActingAs
{
public:
    ActingAs(Control &control, std::string actor);
    ~ActingAs();
    ActingAs(const ActingAs &) = delete;
    ActingAs &operator=(const ActingAs &) = delete;

private:
    Control &m_control;
    std::string m_before;
};

} // namespace Gateway
