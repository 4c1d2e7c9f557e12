#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QTest>

#include "gateway/upstream/upstreamclient.h"

/// Keeps what a call delivered; the hooks run after it was kept.
class CallRecorder final : public Gateway::UpstreamListener
{
public:
    void upstreamHead(int newStatus, const Gateway::Headers &newHeaders) override
    {
        ++heads;
        status = newStatus;
        headers = newHeaders;
        if (onHead)
            onHead();
    }
    void upstreamBody(std::string_view bytes) override
    {
        ++pieces;
        body += bytes;
        if (onBody)
            onBody();
    }
    void upstreamEnd(const Gateway::UpstreamEnd &newEnd) override
    {
        ++ends;
        end = newEnd;
        if (onEnd)
            onEnd();
    }

    bool isOver() const { return ends > 0; }

    std::unique_ptr<Gateway::UpstreamCall> call;
    int heads = 0;
    int pieces = 0;
    int ends = 0;
    int status = 0;
    Gateway::Headers headers;
    std::string body;
    Gateway::UpstreamEnd end;
    std::function<void()> onHead;
    std::function<void()> onBody;
    std::function<void()> onEnd;
};

/// The head of an answer in chunks.
inline const std::string CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Sends a request to `server` and waits for its end.
inline void ask(Gateway::UpstreamClient &client, CallRecorder &recorder, Gateway::UpstreamRequest request)
{
    recorder.call = client.start(request, recorder);
    QTRY_VERIFY(recorder.isOver());
}

inline Gateway::UpstreamRequest get(std::string_view url)
{
    Gateway::UpstreamRequest request;
    request.method = "GET";
    request.url = url;
    return request;
}

inline Gateway::UpstreamRequest post(std::string_view url, std::string_view body)
{
    Gateway::UpstreamRequest request;
    request.method = "POST";
    request.url = url;
    request.body = body;
    request.hasBody = true;
    return request;
}

/// Starts a call and does not wait.
inline void startGet(Gateway::UpstreamClient &client, CallRecorder &recorder, const std::string &url)
{
    recorder.call = client.start(get(url), recorder);
}

inline void startPost(Gateway::UpstreamClient &client, CallRecorder &recorder, const std::string &url)
{
    recorder.call = client.start(post(url, "body"), recorder);
}
