#include "gateway/relay/picturedown.h"

#include <utility>

#include "gateway/common/ids.h"
#include "gateway/dialects/base64.h"
#include "gateway/dialects/contentpartstypes.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

constexpr int GOOD = 200;
constexpr std::string_view BASE64 = "b64_json";
constexpr std::string_view JSON = "application/json; charset=utf-8";

/// "image/png" → ".png"; a type's letters and digits only, since it becomes part of a URL.
std::string endingOf(std::string_view mime)
{
    std::string ending(".");
    for (const char letter : mime.substr(mime.find('/') + 1)) {
        const bool isPlain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (!isPlain)
            break;
        ending += letter;
    }
    return ending.size() > 1 ? ending : std::string();
}

} // namespace

/// An answer until its pictures lie on the shelf.
struct PictureDown::Waiting
{
    std::unique_ptr<Downstream> client;
    std::string contentType;
    Headers headers;
    json::object body;
    std::size_t pending = 1; ///< Pictures on their way, and the reading of the answer.
    Result<void> outcome;

    void oneDone(const Result<void> &done)
    {
        if (!done && outcome)
            outcome = done;
        if (--pending > 0)
            return;
        if (outcome)
            client->send(GOOD, contentType, headers, toJson(body));
        else
            client->send(outcome.error().status, JSON, {}, errorBody(Dialect::OpenAi, outcome.error()));
    }
};

PictureDown::PictureDown(std::unique_ptr<Downstream> client, PicturePlace place)
    : m_client(std::move(client))
    , m_place(std::move(place))
{
}

void PictureDown::setListener(DownstreamListener *listener)
{
    if (m_client)
        m_client->setListener(listener);
}

void PictureDown::send(int status, std::string_view contentType, const Headers &headers,
                       std::string_view body)
{
    Result<json::object> answer =
        status == GOOD ? parseJsonObject(body) : Result<json::object>(json::object());
    const json::array *list = answer ? arrayAt(*answer, "data") : nullptr;
    if (!list) {
        std::exchange(m_client, nullptr)->send(status, contentType, headers, body);
        return;
    }
    m_client->setListener(nullptr); // the job is over before the answer is told
    const auto waiting = std::make_shared<Waiting>();
    waiting->client = std::move(m_client);
    waiting->contentType = contentType;
    waiting->headers = headers;
    waiting->body = std::move(*answer);
    for (json::value &image : waiting->body["data"].get_array()) {
        if (Result<void> done = image.is_object() ? shelve(image.get_object(), waiting) : Result<void>();
            !done && waiting->outcome)
            waiting->outcome = std::move(done);
    }
    waiting->oneDone({});
}

Result<void> PictureDown::shelve(json::object &image, const std::shared_ptr<Waiting> &waiting)
{
    const std::string_view base64 = stringAt(image, BASE64);
    ShelfItem item;
    if (base64.empty() || !appendDecodedBase64(item.content, base64))
        return fail(502, "bad_upstream_answer", "Gemini's picture is not valid base64.");
    item.id = makeToken({});
    item.kind = ShelfItem::PICTURE;
    item.label = mimeOfBase64(base64);
    item.createdMs = m_place.nowMs;
    item.expiresMs = m_place.nowMs + PICTURE_LIFE_MS;
    item.state = "{}";
    const std::string url = m_place.root + item.id + endingOf(item.label);
    ++waiting->pending;
    m_place.shelf.put(std::move(item), m_place.context,
                      [waiting](const Result<void> &done) { waiting->oneDone(done); });
    image.erase(BASE64);
    image["url"] = url;
    return {};
}

void PictureDown::begin(int status, std::string_view contentType, const Headers &headers,
                        std::int64_t contentLength)
{
    m_client->begin(status, contentType, headers, contentLength);
}

bool PictureDown::write(std::string_view bytes)
{
    return m_client->write(bytes);
}

void PictureDown::end()
{
    m_client->end();
}

void PictureDown::abort()
{
    m_client->abort();
}

} // namespace Gateway
