#pragma once

#include <functional>
#include <string>

#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// An answer as it was told; status 502 and nothing else when it broke off.
struct CollectedAnswer
{
    int status = 0;
    std::string contentType;
    Headers headers;
    std::string body;
};

/// An answer that stays in the house: gathers it and hands it to a function.
class CollectingDown final : public Downstream
{
public:
    using Done = std::function<void(CollectedAnswer answer)>;

    explicit CollectingDown(Done done);
    ~CollectingDown() override;

    void setListener(DownstreamListener *) override {}
    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override;
    void begin(int status, std::string_view contentType, const Headers &headers,
               std::int64_t contentLength) override;
    bool write(std::string_view bytes) override;
    void end() override;
    void abort() override;

private:
    void tell(CollectedAnswer answer);

    Done m_done;
    CollectedAnswer m_answer;
};

} // namespace Gateway
