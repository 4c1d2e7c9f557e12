#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <QObject>

#include "gateway/common/json.h"
#include "gateway/common/shelf.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// Where pictures lie that a client is told by their URL.
struct PicturePlace
{
    Shelf &shelf;
    QObject *context; ///< In whose thread and life answers are finished.
    std::string root; ///< URL up to the picture's name, "http://127.0.0.1:4364/v1/images/files/".
    std::int64_t nowMs = 0;
};

/// How long such a URL is good, as OpenAI has it.
constexpr std::int64_t PICTURE_LIFE_MS = 3'600'000;

/// Stands between a job and its client: of an answer with pictures in base64 it puts them on the shelf and
/// tells their URLs instead. The id in a URL is a secret of 256 bits, and all that it takes to fetch the
/// picture. The client is answered once they lie there.
class PictureDown final : public Downstream
{
public:
    PictureDown(std::unique_ptr<Downstream> client, PicturePlace place);

    void setListener(DownstreamListener *listener) override;
    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override;
    /// Answers told by URL come whole; others pass.
    void begin(int status, std::string_view contentType, const Headers &headers,
               std::int64_t contentLength) override;
    bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;

private:
    struct Waiting;

    Result<void> shelve(json::object &image, const std::shared_ptr<Waiting> &waiting);

    std::unique_ptr<Downstream> m_client;
    PicturePlace m_place;
};

} // namespace Gateway
