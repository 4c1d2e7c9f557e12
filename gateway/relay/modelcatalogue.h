#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/dialects/models.h"

namespace Gateway {

/// Google's models, read from models.list page by page and kept for ten minutes. Never a list in the code.
/// Lives in one worker's thread.
class ModelCatalogue
{
public:
    using Models = std::shared_ptr<const std::vector<ModelInfo>>;
    using Done = std::function<void(Result<Models>)>;
    /// Asks Google for one page: calls back with the body of models.list, or why there is none.
    using FetchPage = std::function<void(std::string query, std::function<void(Result<std::string>)>)>;

    ModelCatalogue(const Clock &clock, FetchPage fetchPage);

    /// Calls `done` at once when the list is fresh, else when it has been read. Callers that come meanwhile
    /// share one reading. An old list is served when a new one cannot be had.
    void list(Done done);

    /// What was read last, however long ago; null: nothing yet.
    const Models &known() const { return m_models; }
    /// Begins to read the list when it is old; at most once a minute.
    void keepFresh();

private:
    void readPage(const std::string &pageToken);
    void takePage(const Result<std::string> &page);
    void settle(Result<Models> result);

    const Clock &m_clock;
    FetchPage m_fetchPage;
    Models m_models;
    std::int64_t m_readAtMs = 0;
    std::int64_t m_triedAtMs = 0;
    std::vector<ModelInfo> m_reading;
    int m_pages = 0;
    std::vector<Done> m_waiting;
};

} // namespace Gateway
