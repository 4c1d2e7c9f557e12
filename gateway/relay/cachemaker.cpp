#include "gateway/relay/cachemaker.h"

#include <algorithm>
#include <utility>

#include <QLoggingCategory>

#include "gateway/common/json.h"
#include "gateway/pool/keypool.h"

namespace Gateway {

namespace {

Q_LOGGING_CATEGORY(lcCaches, "gateway.caches")

bool isGood(int status)
{
    return status >= 200 && status < 300;
}

/// Google's "Cached content is too small. total_token_count=…": the least size is the model's own, and what
/// we guess is only near the truth.
bool isTooSmall(int status, const std::string &body)
{
    return status == 400 && body.find("too small") != std::string::npos;
}

} // namespace

CacheMaker::CacheMaker(const RelayParts &parts, const RelayOptions &options, PromptCaches &caches)
    : m_parts(parts)
    , m_options(options)
    , m_caches(caches)
{
}

CacheMaker::~CacheMaker() = default;

void CacheMaker::make(Subject subject, std::string body, std::int64_t ttlMs)
{
    const std::int64_t endMs = m_parts.clock.nowMs() + ttlMs;
    const auto done = [this, subject, ttlMs, endMs](int status, const std::string &answer) {
        const Result<json::object> cache = parseJsonObject(answer);
        const std::string name(isGood(status) && cache ? stringAt(*cache, "name") : std::string_view());
        if (!name.empty()) {
            m_caches.made(subject.print, subject.key, name, ttlMs, endMs);
            return;
        }
        qCInfo(lcCaches, "Google made no cache of a prompt for %s with key %lld (status %d).",
               subject.model.c_str(), static_cast<long long>(subject.key), status);
        m_caches.failed(subject.print, subject.key, subject.model, !isTooSmall(status, answer));
    };
    if (!ask(subject.key, "POST", "/v1beta/cachedContents", std::move(body), done))
        m_caches.failed(subject.print, subject.key, subject.model, false);
}

void CacheMaker::extend(Subject subject, const std::string &name, std::int64_t ttlMs)
{
    const std::int64_t endMs = m_parts.clock.nowMs() + ttlMs;
    const auto done = [this, subject, endMs](int status, const std::string &) {
        if (isGood(status))
            m_caches.extended(subject.print, subject.key, endMs);
        else if (status == 403 || status == 404)
            m_caches.forget(subject.print, subject.key);
    };
    ask(subject.key, "PATCH", "/v1beta/" + name + "?updateMask=ttl",
        "{\"ttl\":\"" + std::to_string(ttlMs / 1000) + "s\"}", done);
}

/// False when the key is not to be had now. A call that names no model uses up no model's quota.
bool CacheMaker::ask(KeyId key, std::string_view method, std::string_view path, std::string body,
                     std::function<void(int status, const std::string &body)> done)
{
    AcquireRequest wanted;
    wanted.owner = key;
    wanted.geminiOnly = true;
    tl::expected<Lease, Refusal> lease = m_parts.pool.acquire(wanted);
    if (!lease)
        return false;
    const auto over = [this, done = std::move(done)](const KeyQuestion &question, int status,
                                                     const std::string &answer) {
        done(status, answer);
        const auto found = std::ranges::find_if(
            m_running, [&question](const auto &running) { return running.get() == &question; });
        const std::unique_ptr<KeyQuestion> ended = std::move(*found); // and with it this function, at its end
        m_running.erase(found);
    };
    m_running.push_back(std::make_unique<KeyQuestion>(m_parts, m_options, std::move(*lease), method, path,
                                                      std::move(body), over));
    return true;
}

} // namespace Gateway
