#include "gateway/http/admin/adminevents.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "gateway/control/control.h"
#include "gateway/control/json/controljson.h"
#include "gateway/http/admin/adminstreams.h"

namespace Gateway {

namespace {

template <typename T>
json::array arrayOf(const std::vector<T> &values)
{
    json::array array;
    array.reserve(values.size());
    for (const T &value : values)
        array.push_back(jsonOf(value));
    return array;
}

} // namespace

AdminEvents::AdminEvents(Control &control, QObject *parent)
    : QObject(parent)
    , m_control(control)
{
    listen();
}

AdminEvents::~AdminEvents() = default;

void AdminEvents::add(AdminStreams *streams)
{
    m_workers.emplace_back(streams);
}

void AdminEvents::listen()
{
    Control &control = m_control;
    connect(&control, &Control::statusChanged, this, [this] { tell("status", jsonOf(m_control.status())); });
    connect(&control, &Control::keysChanged, this, [this](const std::vector<KeyId> &ids) {
        tell("keys", json::object{{"ids", json::array(ids.begin(), ids.end())}});
    });
    connect(&control, &Control::modelHealthChanged, this, [this](const std::vector<std::string> &models) {
        tell("models", json::object{{"models", json::array(models.begin(), models.end())}});
    });
    const auto bare = [this](std::string_view name) { return [this, name] { tell(name, json::object{}); }; };
    connect(&control, &Control::tokensChanged, this, bare("tokens"));
    connect(&control, &Control::settingsChanged, this, bare("settings"));
    connect(&control, &Control::proxiesChanged, this, bare("proxies"));
    connect(&control, &Control::pricesChanged, this, bare("prices"));
    connect(&control, &Control::checkProgress, this,
            [this](const CheckProgress &progress) { tell("checks", jsonOf(progress)); });
}

void AdminEvents::listenToStreams()
{
    m_streams +=
        connect(&m_control, &Control::requestsRecorded, this, [this](const std::vector<RequestView> &batch) {
            tell("requests", json::object{{"requests", arrayOf(batch)}});
        });
    m_streams += connect(&m_control, &Control::logAppended, this, [this](const std::vector<LogLine> &lines) {
        tell("log", json::object{{"lines", arrayOf(lines)}});
    });
}

void AdminEvents::listenersChanged()
{
    if (isHeard() == !m_streams.isEmpty())
        return;
    if (isHeard()) {
        listenToStreams();
        return;
    }
    for (const QMetaObject::Connection &connection : std::as_const(m_streams))
        disconnect(connection);
    m_streams.clear();
}

bool AdminEvents::isHeard() const
{
    return std::any_of(m_workers.begin(), m_workers.end(),
                       [](const QPointer<AdminStreams> &worker) { return worker && !worker->isIdle(); });
}

void AdminEvents::tell(std::string_view name, json::value data)
{
    if (!isHeard())
        return;
    auto event = std::make_shared<AdminEvent>();
    event->kind = adminEventKind(name);
    event->text = "id: " + std::to_string(++m_last) + "\nevent: " + std::string(name) + "\ndata: ";
    appendJson(event->text, data);
    event->text += "\n\n";
    for (const QPointer<AdminStreams> &worker : m_workers) {
        if (worker && !worker->isIdle())
            worker->post(event);
    }
}

} // namespace Gateway
