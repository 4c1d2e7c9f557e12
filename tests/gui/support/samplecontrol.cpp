#include "samplecontrol.h"

#include <algorithm>

#include "samplewords.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

bool matches(const RequestView &request, const RequestFilter &filter)
{
    return (!filter.fromMs || request.timeMs >= filter.fromMs) &&
           (!filter.untilMs || request.timeMs < filter.untilMs) &&
           (!filter.statusFrom ||
            (request.status >= filter.statusFrom && request.status <= filter.statusTo)) &&
           (filter.model.empty() || filter.model == request.modelAsked ||
            filter.model == request.modelUsed) &&
           (filter.token.empty() || filter.token == request.token) &&
           (!filter.keyId || filter.keyId == request.keyId) &&
           (!filter.dialect || *filter.dialect == request.dialect) &&
           request.durationMs >= filter.minDurationMs &&
           (!filter.failedOnly || request.status >= 400 || !request.error.empty()) &&
           (!filter.retriedOnly || request.attempts > 1) &&
           (filter.errorText.empty() || has(request.error, filter.errorText));
}

} // namespace

void SampleControl::list(Reply<std::vector<TokenView>> reply)
{
    if (!noted(u"tokens.list"_s, reply))
        reply(tokenRows);
}

void SampleControl::create(TokenSettings settings, Reply<IssuedToken> reply)
{
    if (noted(u"tokens.create %1"_s.arg(QString::fromStdString(settings.name)), reply))
        return;
    TokenView token;
    token.id = static_cast<TokenId>(tokenRows.size()) + 1;
    token.hint = "f00d";
    token.settings = std::move(settings);
    token.createdMs = now();
    tokenRows.push_back(token);
    Q_EMIT tokensChanged();
    reply(IssuedToken{token, Secret("gb-issued-token-for-tests-f00d")});
}

void SampleControl::patch(TokenId id, TokenPatch patch, Reply<TokenView> reply)
{
    if (noted(u"tokens.patch %1"_s.arg(id), reply))
        return;
    for (TokenView &token : tokenRows) {
        if (token.id != id)
            continue;
        token.settings = patched(token.settings, patch);
        Q_EMIT tokensChanged();
        reply(token);
        return;
    }
    reply(fail(404, "unknown_token", "There is no such token."));
}

void SampleControl::remove(TokenId id, Reply<void> reply)
{
    if (noted(u"tokens.remove %1"_s.arg(id), reply))
        return;
    std::erase_if(tokenRows, [id](const TokenView &token) { return token.id == id; });
    Q_EMIT tokensChanged();
    reply(Result<void>());
}

void SampleControl::rotate(TokenId id, Reply<IssuedToken> reply)
{
    if (noted(u"tokens.rotate %1"_s.arg(id), reply))
        return;
    for (const TokenView &token : tokenRows) {
        if (token.id == id)
            reply(IssuedToken{token, Secret("gb-rotated-token-for-tests-beef")});
    }
}

void SampleControl::list(Reply<std::vector<SettingView>> reply)
{
    if (!noted(u"settings.list"_s, reply))
        reply(settingRows);
}

void SampleControl::set(std::string name, std::string value, Reply<SettingView> reply)
{
    if (noted(u"settings.set %1"_s.arg(QString::fromStdString(name + '=' + value)), reply))
        return;
    for (SettingView &setting : settingRows) {
        if (setting.name != name)
            continue;
        setting.value = std::move(value);
        setting.source = "store";
        setting.isPending = setting.needsRestart;
        Q_EMIT settingsChanged();
        reply(setting);
        return;
    }
    reply(fail(404, "unknown_setting", "There is no such setting."));
}

void SampleControl::reset(std::string name, Reply<SettingView> reply)
{
    if (noted(u"settings.reset %1"_s.arg(QString::fromStdString(name)), reply))
        return;
    for (SettingView &setting : settingRows) {
        if (setting.name != name)
            continue;
        setting.value = setting.defaultValue;
        setting.source = "default";
        Q_EMIT settingsChanged();
        reply(setting);
        return;
    }
}

void SampleControl::requests(RequestQuery query, Reply<RequestViewPage> reply)
{
    if (noted(u"records.requests"_s, reply))
        return;
    RequestViewPage page;
    for (const RequestView &request : requestRows) {
        const bool isThere =
            query.after > 0 ? request.seq > query.after : query.before == 0 || request.seq < query.before;
        if (!isThere || !matches(request, query.filter))
            continue;
        if (std::ssize(page.requests) == query.limit) {
            page.next = page.requests.back().seq;
            break;
        }
        page.requests.push_back(request);
    }
    reply(std::move(page));
}

void SampleControl::request(std::string id, Reply<RequestDetail> reply)
{
    if (noted(u"records.request %1"_s.arg(QString::fromStdString(id)), reply))
        return;
    for (const RequestView &request : requestRows) {
        if (request.id != id && std::to_string(request.seq) != id)
            continue;
        const auto found = details.find(request.seq);
        RequestDetail detail;
        detail.request = request;
        reply(found != details.end() ? found->second : std::move(detail));
        return;
    }
    reply(fail(404, "unknown_request", "There is no such request."));
}

void SampleControl::deleteRequests(RequestDeletion which, Reply<DeletedCount> reply)
{
    if (noted(u"records.delete %1"_s.arg(numbers(which.seqs)).trimmed(), reply))
        return;
    const auto count = std::erase_if(requestRows, [&](const RequestView &request) {
        return request.timeMs < which.beforeMs ||
               std::find(which.seqs.begin(), which.seqs.end(), request.seq) != which.seqs.end();
    });
    reply(DeletedCount{static_cast<std::int64_t>(count)});
}

void SampleControl::stats(StatsQuery query, Reply<UsageStats> reply)
{
    if (noted(u"records.stats"_s, reply))
        return;
    UsageStats answer = usage;
    std::erase_if(answer.points, [&](const UsageFigures &point) {
        return point.startMs < query.fromMs || (query.untilMs && point.startMs >= query.untilMs);
    });
    reply(std::move(answer));
}

void SampleControl::log(LogQuery query, Reply<LogPage> reply)
{
    if (noted(u"records.log"_s, reply))
        return;
    LogPage page;
    for (const LogLine &line : logLines) {
        if (line.number > query.after && line.level >= query.level && has(line.text, query.search) &&
            line.category.starts_with(query.category))
            page.lines.push_back(line);
    }
    page.last = logLines.empty() ? 0 : logLines.back().number;
    reply(std::move(page));
}

void SampleControl::status(Reply<GatewayStatus> reply)
{
    reply(gatewayStatus);
}

void SampleControl::pause(std::int64_t untilMs, Reply<GatewayStatus> reply)
{
    if (noted(u"serving.pause"_s, reply))
        return;
    gatewayStatus.state = GatewayStatus::State::Paused;
    gatewayStatus.pausedUntilMs = untilMs;
    Q_EMIT statusChanged();
    reply(gatewayStatus);
}

void SampleControl::resume(Reply<GatewayStatus> reply)
{
    if (noted(u"serving.resume"_s, reply))
        return;
    gatewayStatus.state = GatewayStatus::State::Serving;
    gatewayStatus.pausedUntilMs = 0;
    Q_EMIT statusChanged();
    reply(gatewayStatus);
}

void SampleControl::models(Reply<std::vector<ModelView>> reply)
{
    if (!noted(u"serving.models"_s, reply))
        reply(modelRows);
}

void SampleControl::problems(Reply<std::vector<Problem>> reply)
{
    if (!noted(u"serving.problems"_s, reply))
        reply(problemRows);
}

void SampleControl::proxies(Reply<std::vector<ProxyView>> reply)
{
    if (!noted(u"serving.proxies"_s, reply))
        reply(proxyRows);
}

void SampleControl::prices(Reply<std::vector<PriceView>> reply)
{
    if (!noted(u"serving.prices"_s, reply))
        reply(priceRows);
}

void SampleControl::record(std::vector<RequestView> batch)
{
    std::int64_t seq = requestRows.empty() ? 0 : requestRows.front().seq;
    for (RequestView &request : batch) {
        request.seq = ++seq;
        requestRows.insert(requestRows.begin(), request);
        request.seq = 0; // told before it is written, as by the real one
    }
    Q_EMIT requestsRecorded(batch);
}

} // namespace Ui
