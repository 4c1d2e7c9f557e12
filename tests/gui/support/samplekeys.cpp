#include <algorithm>
#include <cmath>

#include "samplecontrol.h"
#include "samplewords.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

bool matches(const KeyInfo &key, const KeyQuery &query)
{
    const KeySettings &settings = key.settings;
    const bool isFound = query.search.empty() || has(settings.label, query.search) ||
                         has(key.masked, query.search) || has(settings.project, query.search);
    const bool isWanted =
        query.ids.empty() || std::find(query.ids.begin(), query.ids.end(), key.id) != query.ids.end();
    return isFound && isWanted && (!query.status || *query.status == key.status) &&
           (query.project.empty() || settings.project == query.project) && key.failures >= query.minFailures;
}

/// The counts of a day, however it is divided, in other spans until its end.
std::vector<std::int64_t> respanned(const std::vector<std::int64_t> &day, std::int64_t spanMs, int spans)
{
    constexpr double dayMs = 86'400'000;
    const auto until = [&](double ms) {
        double sum = 0;
        for (std::size_t i = 0; i < day.size(); ++i) {
            const double filled = ms * static_cast<double>(day.size()) / dayMs - static_cast<double>(i);
            sum += static_cast<double>(day[i]) * std::clamp(filled, 0.0, 1.0);
        }
        return static_cast<std::int64_t>(std::llround(sum));
    };
    std::vector<std::int64_t> counts;
    for (int span = spans; span > 0; --span) {
        const double end = dayMs - static_cast<double>(spanMs) * (span - 1);
        counts.push_back(until(end) - until(end - static_cast<double>(spanMs)));
    }
    return counts;
}

} // namespace

std::vector<KeyInfo *> SampleControl::rowsOf(const std::vector<KeyId> &ids)
{
    std::vector<KeyInfo *> rows;
    for (KeyInfo &key : keyRows) {
        if (std::find(ids.begin(), ids.end(), key.id) != ids.end())
            rows.push_back(&key);
    }
    return rows;
}

void SampleControl::countKeys()
{
    const auto count = [this](KeyStatus status) {
        return static_cast<int>(std::count_if(keyRows.begin(), keyRows.end(),
                                              [status](const KeyInfo &key) { return key.status == status; }));
    };
    gatewayStatus.keysTotal = static_cast<int>(keyRows.size());
    gatewayStatus.keysResting = count(KeyStatus::Resting);
    gatewayStatus.keysUsable = count(KeyStatus::Usable) + gatewayStatus.keysResting;
    gatewayStatus.keysSidelined = count(KeyStatus::Sidelined);
    gatewayStatus.keysDisabled = count(KeyStatus::Disabled);
    Q_EMIT statusChanged();
}

void SampleControl::list(KeyQuery query, Reply<KeyInfoPage> reply)
{
    if (noted(u"keys.list"_s, reply))
        return;
    KeyInfoPage page;
    for (const KeyInfo &key : query.isDeleted ? deletedKeys : keyRows) {
        if (!matches(key, query))
            continue;
        ++page.total;
        if (key.id <= query.after || (query.limit > 0 && std::ssize(page.keys) >= query.limit))
            continue;
        page.keys.push_back(key);
        if (!query.withModels)
            page.keys.back().models.clear();
    }
    reply(std::move(page));
}

void SampleControl::history(std::vector<KeyId> ids, std::int64_t spanMs, int spans,
                            Reply<std::vector<KeyHistory>> reply)
{
    if (noted(u"keys.history"_s, reply))
        return;
    std::vector<KeyHistory> answer;
    for (const KeyId id : ids) {
        const auto found = histories.find(id);
        const KeyHistory known = found == histories.end() ? KeyHistory() : found->second;
        KeyHistory history;
        history.id = id;
        history.spanMs = spanMs;
        history.fromMs = now() - spanMs * spans;
        history.calls = respanned(known.calls, spanMs, spans);
        history.failed = respanned(known.failed, spanMs, spans);
        answer.push_back(std::move(history));
    }
    reply(std::move(answer));
}

void SampleControl::add(AddKeys keys, Reply<AddKeysResult> reply)
{
    if (noted(keys.isPreview ? u"keys.preview"_s : u"keys.add"_s, reply))
        return;
    lastAdd = keys;
    AddKeysResult result;
    result.others = others;
    const auto isNew = [](const OtherFind &find) { return find.verdict == FindVerdict::New; };
    if (keys.withOthers)
        result.taken = static_cast<int>(std::count_if(others.begin(), others.end(), isNew));
    int line = 0;
    std::int64_t offset = 0;
    for (const QByteArray &text : QByteArray::fromStdString(keys.text).split('\n')) {
        AddedKey added;
        added.line = ++line;
        added.offset = offset;
        added.length = text.size();
        offset += text.size() + 1;
        if (text.trimmed().isEmpty())
            continue;
        added.masked = maskSecret(text.toStdString());
        const auto known = std::find_if(keyRows.begin(), keyRows.end(),
                                        [&](const KeyInfo &key) { return key.masked == added.masked; });
        if (!text.startsWith("AIza") || text.size() != 39) {
            added.verdict = KeyVerdict::Malformed;
            added.note = text.startsWith("AIza") ? "too_short" : "not_a_google_key";
            ++result.malformed;
        } else if (known != keyRows.end()) {
            added.verdict = KeyVerdict::Known;
            added.id = known->id;
            added.label = known->settings.label;
            ++result.known;
        } else {
            ++result.added;
            QString label = QString::fromStdString(keys.labelPattern);
            added.label = label.replace(u"{n}"_s, QString::number(result.added)).toStdString();
            if (!keys.isPreview) {
                KeyInfo key;
                key.id = added.id = keyRows.empty() ? 1 : keyRows.back().id + 1;
                key.masked = added.masked;
                key.settings = keys.settings;
                key.settings.label = added.label;
                key.createdMs = now();
                keyRows.push_back(key);
            }
        }
        result.keys.push_back(std::move(added));
    }
    if (!keys.isPreview && result.added > 0) {
        countKeys();
        Q_EMIT keysChanged({});
    }
    reply(std::move(result));
}

void SampleControl::patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply)
{
    if (noted(u"keys.patch %1"_s.arg(numbers(ids)), reply))
        return;
    std::vector<KeyInfo> changed;
    for (KeyInfo *key : rowsOf(ids)) {
        if (patch.label)
            key->settings.label = *patch.label;
        if (patch.note)
            key->settings.note = *patch.note;
        if (patch.project)
            key->settings.project = *patch.project;
        if (patch.tags)
            key->settings.tags = *patch.tags;
        if (patch.enabled) {
            key->settings.enabled = *patch.enabled;
            key->status = *patch.enabled ? KeyStatus::Usable : KeyStatus::Disabled;
        }
        changed.push_back(*key);
    }
    countKeys();
    Q_EMIT keysChanged(ids);
    reply(std::move(changed));
}

void SampleControl::remove(std::vector<KeyId> ids, Reply<void> reply)
{
    if (noted(u"keys.remove %1"_s.arg(numbers(ids)), reply))
        return;
    for (const KeyInfo *key : rowsOf(ids))
        deletedKeys.push_back(*key);
    std::erase_if(keyRows,
                  [&](const KeyInfo &key) { return std::find(ids.begin(), ids.end(), key.id) != ids.end(); });
    countKeys();
    Q_EMIT keysChanged(ids);
    reply(Result<void>());
}

void SampleControl::restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply)
{
    if (noted(u"keys.restore %1"_s.arg(numbers(ids)), reply))
        return;
    std::vector<KeyInfo> back;
    std::erase_if(deletedKeys, [&](const KeyInfo &key) {
        const bool isMeant = std::find(ids.begin(), ids.end(), key.id) != ids.end();
        if (isMeant)
            back.push_back(key);
        return isMeant;
    });
    keyRows.insert(keyRows.end(), back.begin(), back.end());
    std::sort(keyRows.begin(), keyRows.end(),
              [](const KeyInfo &left, const KeyInfo &right) { return left.id < right.id; });
    countKeys();
    Q_EMIT keysChanged(ids);
    reply(std::move(back));
}

void SampleControl::rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply)
{
    if (noted(u"keys.rest %1"_s.arg(numbers(ids)), reply))
        return;
    for (KeyInfo *key : rowsOf(ids)) {
        key->status = KeyStatus::Resting;
        key->untilMs = untilMs;
    }
    countKeys();
    Q_EMIT keysChanged(ids);
    reply(Result<void>());
}

void SampleControl::lift(std::vector<KeyId> ids, std::string model, Reply<void> reply)
{
    if (noted(u"keys.lift %1 %2"_s.arg(numbers(ids), QString::fromStdString(model)).trimmed(), reply))
        return;
    for (KeyInfo *key : rowsOf(ids)) {
        key->status = KeyStatus::Usable;
        key->untilMs = 0;
        key->reason.clear();
    }
    countKeys();
    Q_EMIT keysChanged(ids);
    reply(Result<void>());
}

void SampleControl::resetFailures(std::vector<KeyId> ids, Reply<void> reply)
{
    if (noted(u"keys.resetFailures %1"_s.arg(numbers(ids)), reply))
        return;
    for (KeyInfo *key : rowsOf(ids))
        key->failures = 0;
    Q_EMIT keysChanged(ids);
    reply(Result<void>());
}

void SampleControl::check(CheckRequest request, Reply<CheckProgress> reply)
{
    if (noted(u"keys.check %1"_s.arg(numbers(request.ids)).trimmed(), reply))
        return;
    progress = {};
    progress.id = "check-1";
    progress.total = request.scope == CheckScope::Selected ? static_cast<int>(request.ids.size())
                                                           : static_cast<int>(keyRows.size());
    progress.isRunning = true;
    reply(progress);
}

void SampleControl::checkProgress(Reply<CheckProgress> reply)
{
    reply(progress);
}

void SampleControl::cancelCheck(Reply<CheckProgress> reply)
{
    if (noted(u"keys.cancelCheck"_s, reply))
        return;
    progress.isRunning = false;
    progress.isCancelled = true;
    reply(progress);
}

void SampleControl::reveal(KeyId id, Reply<RevealedKey> reply)
{
    if (noted(u"keys.reveal %1"_s.arg(id), reply))
        return;
    reply(RevealedKey{id, Secret("AIzaSyRevealed0000000000000000000000000")});
}

void SampleControl::exportKeys(KeyExport request, Reply<ExportedFile> reply)
{
    if (noted(u"keys.export %1"_s.arg(request.isRevealed ? u"full"_s : u"masked"_s), reply))
        return;
    reply(ExportedFile{"gemini-keys.csv", "text/csv", "key\n", false});
}

} // namespace Ui
