#include "gateway/control/remotecontrol.h"

#include <utility>

namespace Gateway {

namespace {

template <typename T>
std::vector<T> listOf(const json::value &data, std::string_view name)
{
    std::vector<T> values;
    const json::array *array = arrayAt(data.get_object(), name);
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (Result<T> value = fromJson<T>((*array)[i]))
            values.push_back(std::move(*value));
    }
    return values;
}

std::vector<KeyId> idsOf(const json::value &data)
{
    std::vector<KeyId> ids;
    const json::array *array = arrayAt(data.get_object(), "ids");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (const std::int64_t *id = (*array)[i].if_int64())
            ids.push_back(*id);
    }
    return ids;
}

std::vector<std::string> modelsOf(const json::value &data)
{
    std::vector<std::string> models;
    const json::array *array = arrayAt(data.get_object(), "models");
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (const json::string *model = (*array)[i].if_string())
            models.emplace_back(model->data(), model->size());
    }
    return models;
}

} // namespace

RemoteControl::RemoteControl(const QUrl &base, Secret token, QObject *parent)
    : Control(parent)
    , m_calls(base, std::move(token))
    , m_events(m_calls)
    , m_keys(m_calls)
    , m_tokens(m_calls)
    , m_settings(m_calls)
    , m_records(m_calls)
    , m_serving(m_calls)
{
    connect(&m_events, &RemoteEvents::came, this, &RemoteControl::take);
    connect(&m_events, &RemoteEvents::lost, this, &RemoteControl::lost);
}

RemoteControl::~RemoteControl() = default;

void RemoteControl::listen()
{
    m_events.start();
}

GatewayStatus RemoteControl::status() const
{
    return m_status;
}

void RemoteControl::setStatus(GatewayStatus status)
{
    m_status = std::move(status);
    Q_EMIT statusChanged();
}

void RemoteControl::readStatus()
{
    m_serving.status({this, [this](Result<GatewayStatus> status) {
                          if (status)
                              setStatus(std::move(*status));
                      }});
}

void RemoteControl::lost()
{
    GatewayStatus status = m_status;
    status.state = GatewayStatus::State::NotServing;
    status.reason = "The server cannot be reached.";
    setStatus(std::move(status));
}

void RemoteControl::tellAll()
{
    readStatus();
    Q_EMIT keysChanged({});
    Q_EMIT modelHealthChanged({});
    Q_EMIT tokensChanged();
    Q_EMIT settingsChanged();
    Q_EMIT proxiesChanged();
    Q_EMIT pricesChanged();
}

void RemoteControl::take(const QByteArray &name, const json::value &data)
{
    if (!data.is_object())
        return;
    if (name == "status") {
        if (Result<GatewayStatus> status = fromJson<GatewayStatus>(data))
            setStatus(std::move(*status));
    } else if (name == "keys") {
        Q_EMIT keysChanged(idsOf(data));
    } else if (name == "models") {
        Q_EMIT modelHealthChanged(modelsOf(data));
    } else if (name == "tokens") {
        Q_EMIT tokensChanged();
    } else if (name == "settings") {
        Q_EMIT settingsChanged();
    } else if (name == "proxies") {
        Q_EMIT proxiesChanged();
    } else if (name == "prices") {
        Q_EMIT pricesChanged();
    } else if (name == "requests") {
        Q_EMIT requestsRecorded(listOf<RequestView>(data, "requests"));
    } else if (name == "checks") {
        if (const Result<CheckProgress> progress = fromJson<CheckProgress>(data))
            Q_EMIT checkProgress(*progress);
    } else if (name == "log") {
        Q_EMIT logAppended(listOf<LogLine>(data, "lines"));
    } else if (name == "hello" || name == "missed") {
        tellAll();
    }
}

} // namespace Gateway
