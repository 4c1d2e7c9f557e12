#include <array>
#include <memory>

#include <QDateTime>

#include "samplecontrol.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 SECOND = 1000;
constexpr qint64 MINUTE = 60 * SECOND;
constexpr qint64 HOUR = 60 * MINUTE;
constexpr qint64 DAY = 24 * HOUR;

struct Sample
{
    const char *label;
    const char *masked;
    const char *project;
    KeyStatus status;
    double minute, day;
    int calls, failed;
    qint64 used;
    const char *error;
};

constexpr std::array SAMPLES = {
    Sample{"Studio main", "AIza…x9Qk", "studio-eu", KeyStatus::Usable, 0.42, 0.61, 2402, 6, 0, ""},
    Sample{"Studio 02", "AIza…Tm4c", "studio-eu", KeyStatus::Usable, 0.31, 0.58, 2310, 3, 4 * SECOND, ""},
    Sample{"Studio 03", "AIza…p7Lw", "studio-eu", KeyStatus::Resting, 1.0, 0.79, 2254, 31, 12 * SECOND,
           "429 RESOURCE_EXHAUSTED: You exceeded your current quota."},
    Sample{"Work laptop", "AIza…9dHs", "work-lab", KeyStatus::Usable, 0.12, 0.44, 1842, 2, 4 * SECOND, ""},
    Sample{"Batch night", "AIza…eR2v", "work-lab", KeyStatus::Usable, 0.05, 0.83, 1204, 9, 31 * SECOND,
           "503 UNAVAILABLE: The model is overloaded."},
    Sample{"Batch 02", "AIza…Wq8n", "work-lab", KeyStatus::Usable, 0.08, 0.78, 1188, 4, 31 * SECOND, ""},
    Sample{"Batch 03", "AIza…3fKz", "work-lab", KeyStatus::Resting, 0.0, 1.0, 1166, 44, 18 * MINUTE,
           "429 RESOURCE_EXHAUSTED: You exceeded your current quota."},
    Sample{"Old laptop", "AIza…u1Yb", "private", KeyStatus::Sidelined, -1, -1, 118, 92, 2 * HOUR,
           "400 API_KEY_INVALID: API key not valid. Please pass a valid API key."},
    Sample{"Family", "AIza…Hc5t", "private", KeyStatus::Usable, 0.02, 0.09, 64, 0, 5 * MINUTE, ""},
    Sample{"Mira", "AIza…0aPx", "private", KeyStatus::Usable, 0.0, 0.04, 31, 0, 18 * MINUTE, ""},
    Sample{"Test 2", "AIza…kk3D", "scratch", KeyStatus::Sidelined, -1, -1, 12, 12, DAY,
           "403 SERVICE_DISABLED: Generative Language API has not been used in project 1 before."},
    Sample{"Demo", "AIza…Zs6g", "scratch", KeyStatus::Disabled, -1, -1, 0, 0, 9 * DAY, ""},
};

KeyModelInfo modelOf(const char *name, const Sample &sample)
{
    KeyModelInfo model;
    model.model = name;
    if (sample.minute >= 0) {
        model.quotas.push_back({QuotaKind::MinuteRequests, static_cast<std::int64_t>(sample.minute * 10), 10,
                                SampleControl::now()});
        model.quotas.push_back(
            {QuotaKind::DayRequests, static_cast<std::int64_t>(sample.day * 250), 250, SampleControl::now()});
    }
    return model;
}

KeyInfo keyOf(const Sample &sample, KeyId id)
{
    const qint64 now = SampleControl::now();
    KeyInfo key;
    key.id = id;
    key.masked = sample.masked;
    key.settings.label = sample.label;
    key.settings.project = sample.project;
    key.settings.enabled = sample.status != KeyStatus::Disabled;
    key.status = sample.status;
    key.minuteShare = sample.minute;
    key.dayShare = sample.day;
    key.calls = sample.calls;
    key.failedCalls = sample.failed;
    key.createdMs = now - 60 * DAY;
    key.lastUsedMs = now - sample.used;
    key.lastError = sample.error;
    key.lastErrorMs = key.lastError.empty() ? 0 : key.lastUsedMs;
    key.models = {modelOf("gemini-2.5-pro", sample), modelOf("gemini-2.5-flash", sample)};
    if (sample.status == KeyStatus::Resting) {
        key.untilMs = now + (sample.day >= 1 ? 4 * HOUR : 42 * SECOND);
        key.reason = key.lastError;
        key.models.front().restUntilMs = key.untilMs;
        key.models.front().restReason = key.lastError;
    }
    if (sample.status == KeyStatus::Sidelined) {
        key.reason = key.lastError;
        key.sinceMs = key.lastUsedMs;
    }
    return key;
}

KeyHistory historyOf(const Sample &sample, KeyId id)
{
    constexpr int spans = 90;
    KeyHistory history;
    history.id = id;
    for (int i = 0; i < spans; ++i) {
        const int wave = (i * 7 + static_cast<int>(id) * 13) % 11;
        const bool isIdle = sample.calls < 200 && (i * 5 + static_cast<int>(id)) % 9 > 1;
        const int calls = isIdle ? 0 : sample.calls * (6 + wave) / (11 * spans) + (sample.calls > 0 ? 1 : 0);
        history.calls.push_back(calls);
        history.failed.push_back(calls > 0 && (i * 3 + static_cast<int>(id)) % 29 < sample.failed / 10 ? 1
                                                                                                       : 0);
    }
    return history;
}

void fillKeys(SampleControl &control)
{
    KeyId id = 0;
    for (const Sample &sample : SAMPLES) {
        control.keyRows.push_back(keyOf(sample, ++id));
        control.histories[id] = historyOf(sample, id);
    }
    while (id < 42) {
        Sample more{"Pool", "AIza…qW0x", "pool", KeyStatus::Usable, 0.2, 0.3, 400, 1, 2 * MINUTE, ""};
        KeyInfo key = keyOf(more, ++id);
        key.settings.label = "Pool " + std::to_string(id - 12);
        key.masked = "AIza…p" + std::to_string(100 + id);
        control.keyRows.push_back(std::move(key));
        control.histories[id] = historyOf(more, id);
    }
}

void fillTokens(SampleControl &control)
{
    const auto add = [&](const char *name, const char *hint, std::int64_t dayLimit, std::int64_t dayUsed,
                         std::int64_t expiresMs) {
        TokenView token;
        token.id = static_cast<TokenId>(control.tokenRows.size()) + 1;
        token.hint = hint;
        token.settings.name = name;
        token.settings.limits.dayRequests = dayLimit;
        token.settings.expiresMs = expiresMs;
        token.createdMs = SampleControl::now() - 30 * DAY;
        token.use.id = token.id;
        token.use.day = SampleControl::now() / DAY;
        token.use.dayRequests = dayUsed;
        token.use.lastUsedMs = SampleControl::now() - 2 * SECOND;
        control.tokenRows.push_back(std::move(token));
    };
    add("claude-code", "4c1e", 2000, 412, 0);
    add("n8n", "90ab", 500, 470, 0);
    add("ci-runner", "77fd", 0, 11, SampleControl::now() - 33 * MINUTE);
    control.tokenRows[1].settings.allowedModels = {"gemini-2.5-flash", "gemini-2.5-flash-lite"};
}

RequestView requestOf(std::int64_t seq)
{
    constexpr std::array asked = {"gpt-4o", "claude-sonnet-4-5", "gpt-4o-mini", "gemini-2.5-flash"};
    constexpr std::array used = {"gemini-2.5-flash", "gemini-2.5-pro", "gemini-2.5-flash-lite",
                                 "gemini-2.5-flash"};
    constexpr std::array dialects = {Dialect::OpenAi, Dialect::OpenAi, Dialect::OpenAi, Dialect::Gemini};
    const auto kind = static_cast<std::size_t>(seq % 4);
    RequestView request;
    request.seq = seq;
    request.id = "01JD8" + std::to_string(10'000'000'000 + seq * 7'919) + "K4";
    request.timeMs = SampleControl::now() - (800 - seq) * 4300;
    request.token = kind == 1 ? "claude-code" : "n8n";
    request.dialect = dialects[kind];
    request.method = kind == 3 ? "streamGenerateContent" : "chat.completions";
    request.modelAsked = asked[kind];
    request.modelUsed = used[kind];
    request.keyId = seq % 12 + 1;
    request.keyLabel = SAMPLES[static_cast<std::size_t>(seq % 12)].label;
    request.status = seq % 37 == 5 ? 429 : (seq % 91 == 7 ? 503 : 200);
    if (request.status != 200)
        request.error = request.status == 429 ? "RESOURCE_EXHAUSTED: All keys rest."
                                              : "UNAVAILABLE: The model is overloaded.";
    request.attempts = seq % 23 == 1 ? 3 : 1;
    request.streamed = kind != 0;
    request.firstByteMs = request.status == 200 ? 300 + seq * 37 % 900 : -1;
    request.durationMs = 800 + seq * 173 % 9000;
    request.tokens.prompt = 500 + seq * 97 % 20'000;
    request.tokens.candidates = 40 + seq * 31 % 1500;
    request.costMicro = request.tokens.prompt * 2;
    request.bytesIn = 4096;
    request.bytesOut = 9000;
    return request;
}

void fillRequests(SampleControl &control)
{
    for (std::int64_t seq = 800; seq > 0; --seq)
        control.requestRows.push_back(requestOf(seq));
    RequestDetail detail;
    detail.request = control.requestRows[2];
    detail.request.attempts = 3;
    detail.request.dialect = Dialect::Anthropic;
    detail.request.method = "messages";
    detail.request.modelAsked = "claude-sonnet-4-5";
    detail.request.modelUsed = "gemini-2.5-pro";
    detail.attempts = {{3, 429, 0, 210, "RESOURCE_EXHAUSTED: You exceeded your current quota."},
                       {5, 503, 215, 390, "UNAVAILABLE: The model is overloaded."},
                       {2, 200, 610, 7820, ""}};
    detail.hasBodies = true;
    detail.requestBody =
        R"({"model":"claude-sonnet-4-5","max_tokens":8192,"stream":true,)"
        R"("messages":[{"role":"user","content":"Why does the build fail?"}],"temperature":0.2})";
    detail.requestHead =
        "POST /v1/messages?beta=true\nhost: 127.0.0.1:4364\nuser-agent: claude-cli/2.1 (external, cli)\n"
        "anthropic-version: 2023-06-01\nx-api-key: …\ncontent-type: application/json";
    detail.sentBody = R"({"contents":[{"role":"user","parts":[{"text":"Why does the build fail?"}]}],)"
                      R"("generationConfig":{"maxOutputTokens":8192,"temperature":0.2}})";
    detail.responseHead = "200\ncontent-type: text/event-stream; charset=utf-8";
    detail.request.bytesIn = static_cast<std::int64_t>(detail.requestBody.size());
    detail.responseBody =
        R"({"candidates":[{"content":{"parts":[{"text":"The linker misses a library."}]}}]})";
    control.requestRows[2] = detail.request;
    control.details[detail.request.seq] = detail;
}

UsageFigures figures(qint64 startMs, int requests, int failed)
{
    UsageFigures point;
    point.startMs = startMs;
    point.sums.requests = requests;
    point.sums.failed = failed;
    point.sums.inputTokens = requests * 2100;
    point.sums.outputTokens = requests * 160;
    point.sums.durationP50 = 1900;
    point.sums.durationP95 = 4800;
    point.sums.firstByteP50 = 620;
    point.sums.firstByteP95 = 1400;
    point.costMicro = requests * 3430;
    return point;
}

void fillUsage(SampleControl &control)
{
    const qint64 now = SampleControl::now();
    for (int i = 59; i >= 0; --i)
        control.usage.points.push_back(
            figures(now - now % MINUTE - i * MINUTE, 4 + (i * 7 + i * i) % 19, i % 11 == 0 ? 2 : 0));
    control.usage.total = figures(0, 18'432, 147);
    control.usage.before = figures(0, 16'457, 181);
    control.usage.before.sums.durationP95 = 5400;
    control.usage.before.sums.firstByteP50 = 674;
    constexpr std::array models = {std::pair{"gemini-2.5-flash", 9412}, std::pair{"gemini-2.5-pro", 4380},
                                   std::pair{"gemini-2.5-flash-lite", 2914},
                                   std::pair{"gemini-2.0-flash", 1120},
                                   std::pair{"gemini-embedding-001", 606}};
    for (const auto &[name, requests] : models) {
        control.usage.models.push_back(figures(0, requests, requests / 100));
        control.usage.models.back().model = name;
        ModelView model;
        model.name = name;
        model.keysUsable = 36;
        control.modelRows.push_back(std::move(model));
    }
    control.problemRows = {{"keys_sidelined", "", 2, {8, 11}},
                           {"model_overloaded", "gemini-2.5-pro", 1, {}},
                           {"token_expired", "ci-runner", 1, {3}}};
}

void fillLog(SampleControl &control)
{
    constexpr std::array texts = {"The gateway listens on http://127.0.0.1:4364.", "Key 3 rests for 42 s.",
                                  "Key 8 was sidelined: API_KEY_INVALID.",
                                  "Could not write 12 records, trying again.", "Loaded 42 keys in 3 ms."};
    constexpr std::array levels = {LogLevel::Info, LogLevel::Info, LogLevel::Warning, LogLevel::Error,
                                   LogLevel::Debug};
    constexpr std::array categories = {"gateway.http", "gateway.pool", "gateway.pool", "gateway.store",
                                       "gateway.store"};
    for (std::uint64_t i = 0; i < 200; ++i) {
        const std::size_t kind = i % texts.size();
        control.logLines.push_back({i + 1, SampleControl::now() - static_cast<qint64>(200 - i) * 3 * SECOND,
                                    levels[kind], categories[kind], texts[kind]});
    }
}

} // namespace

qint64 SampleControl::now()
{
    static const qint64 moment = QDateTime::currentMSecsSinceEpoch();
    return moment;
}

std::unique_ptr<SampleControl> sampleControl()
{
    auto control = std::make_unique<SampleControl>();
    control->gatewayStatus.state = GatewayStatus::State::Serving;
    control->gatewayStatus.address = "http://127.0.0.1:4364";
    control->gatewayStatus.version = "1.0.0";
    control->gatewayStatus.startedMs = SampleControl::now() - 3 * DAY - 4 * HOUR;
    control->gatewayStatus.uptimeMs = 3 * DAY + 4 * HOUR;
    control->gatewayStatus.keysTotal = 42;
    control->gatewayStatus.keysUsable = 39;
    control->gatewayStatus.keysResting = 2;
    control->gatewayStatus.keysSidelined = 2;
    control->gatewayStatus.keysDisabled = 1;
    control->gatewayStatus.running = 2;
    fillKeys(*control);
    fillTokens(*control);
    fillRequests(*control);
    fillUsage(*control);
    fillLog(*control);
    return control;
}

} // namespace Ui
