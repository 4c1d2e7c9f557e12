#include <QDateTime>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

void showStatus(const CliCall &call, const GatewayStatus &status)
{
    if (call.isJson()) {
        call.printJson(jsonOf(status));
        return;
    }
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "State")), std::string(nameOf(status.state))});
    const auto add = [&table](std::string_view name, std::string value) {
        if (!value.empty())
            table.add({cliText(name), std::move(value)});
    };
    add(QT_TRANSLATE_NOOP("Cli", "Address"), status.address);
    add(QT_TRANSLATE_NOOP("Cli", "Reason"), status.reason);
    add(QT_TRANSLATE_NOOP("Cli", "Paused until"), timeText(status.pausedUntilMs));
    add(QT_TRANSLATE_NOOP("Cli", "Serves since"), timeText(status.startedMs));
    add(QT_TRANSLATE_NOOP("Cli", "Version"), status.version);
    add(QT_TRANSLATE_NOOP("Cli", "Keys usable"),
        std::to_string(status.keysUsable) + '/' + std::to_string(status.keysTotal));
    add(QT_TRANSLATE_NOOP("Cli", "Keys resting"), std::to_string(status.keysResting));
    add(QT_TRANSLATE_NOOP("Cli", "Keys sidelined"), std::to_string(status.keysSidelined));
    add(QT_TRANSLATE_NOOP("Cli", "Keys disabled"), std::to_string(status.keysDisabled));
    add(QT_TRANSLATE_NOOP("Cli", "Requests running"), std::to_string(status.running));
    add(QT_TRANSLATE_NOOP("Cli", "Requests waiting"), std::to_string(status.queueLength));
    if (status.restartsPending > 0)
        add(QT_TRANSLATE_NOOP("Cli", "Settings that wait for a restart"),
            std::to_string(status.restartsPending));
    call.print(table.text());
}

Reply<GatewayStatus> statusReply(CliCall &call)
{
    return call.reply<GatewayStatus>([&call](const GatewayStatus &status) { showStatus(call, status); });
}

void health(CliCall &call)
{
    call.control().serving().status(statusReply(call));
}

void pause(CliCall &call)
{
    const std::optional<std::int64_t> span = call.duration("for");
    if (!call.isOver())
        call.control().serving().pause(span ? QDateTime::currentMSecsSinceEpoch() + *span : 0,
                                       statusReply(call));
}

void resume(CliCall &call)
{
    call.control().serving().resume(statusReply(call));
}

void models(CliCall &call)
{
    call.control().serving().models(
        call.reply<std::vector<ModelView>>([&call](const std::vector<ModelView> &models) {
            if (call.isJson()) {
                call.printJson(jsonList(models));
                return;
            }
            CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Model")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Breaker")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Keys usable")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Keys resting")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Without it")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Requests waiting")),
                            cliText(QT_TRANSLATE_NOOP("Cli", "Reason"))});
            for (const ModelView &model : models)
                table.add({model.name, std::string(nameOf(model.breaker)), std::to_string(model.keysUsable),
                           std::to_string(model.keysResting), std::to_string(model.keysUnavailable),
                           std::to_string(model.queueLength), model.reason});
            call.print(table.text());
        }));
}

constexpr CliAction ACTIONS[] = {
    {"health", "", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "show how the gateway does"), health},
    {"models", "list", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "list models and what each can still do"),
     models},
    {"pause", "", "", 0, 0, "for",
     QT_TRANSLATE_NOOP("Cli", "answer clients with 503 for a while, or until resumed"), pause},
    {"resume", "", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "serve again after a pause"), resume},
};

} // namespace

std::span<const CliAction> servingActions()
{
    return ACTIONS;
}

} // namespace Gateway
