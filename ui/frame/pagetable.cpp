#include "ui/frame/pagetable.h"

#include <QCoreApplication>

#include "ui/pages/chat/chatpage.h"
#include "ui/pages/clients/clientspage.h"
#include "ui/pages/keys/keyspage.h"
#include "ui/pages/log/logpage.h"
#include "ui/pages/overview/overviewpage.h"
#include "ui/pages/requests/requestspage.h"
#include "ui/pages/settings/settingspage.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Pages)
};

template <typename T>
std::function<Page *(const PageParts &)> maker()
{
    return [](const PageParts &parts) { return new T(parts); };
}

} // namespace

std::vector<PageRow> pageTable()
{
    return {
        {PageId::Overview, u"overview"_s, Words::tr("Overview"), maker<OverviewPage>()},
        {PageId::Keys, u"keys"_s, Words::tr("Keys"), maker<KeysPage>()},
        {PageId::Requests, u"requests"_s, Words::tr("Requests"), maker<RequestsPage>()},
        {PageId::Log, u"file"_s, Words::tr("Log"), maker<LogPage>()},
        {PageId::Clients, u"clients"_s, Words::tr("Clients"), maker<ClientsPage>()},
        {PageId::Chat, u"chat"_s, Words::tr("Chat"), maker<ChatPage>()},
        {PageId::Settings, u"settings"_s, Words::tr("Settings"), maker<SettingsPage>()},
    };
}

} // namespace Ui
