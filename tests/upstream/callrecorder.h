#pragma once

#include <functional>
#include <memory>
#include <string>

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

inline void startGet(Gateway::UpstreamClient &client, CallRecorder &recorder, const std::string &url)
{
    Gateway::UpstreamRequest request;
    request.method = "GET";
    request.url = url;
    recorder.call = client.start(request, recorder);
}

inline void startPost(Gateway::UpstreamClient &client, CallRecorder &recorder, const std::string &url)
{
    Gateway::UpstreamRequest request;
    request.method = "POST";
    request.url = url;
    request.body = "body";
    request.hasBody = true;
    recorder.call = client.start(request, recorder);
}
