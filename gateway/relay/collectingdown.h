#pragma once

#include <functional>
#include <string>

#include "gateway/common/result.h"
#include "gateway/relay/downstream.h"

namespace Gateway {

/// An answer that stays in the house: gathers it and hands it to a function.
class CollectingDown final : public Downstream
{
public:
    using Done = std::function<void(int status, std::string body)>;

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
    void tell(int status, std::string body);

    Done m_done;
    int m_status = 0;
    std::string m_body;
};

} // namespace Gateway
