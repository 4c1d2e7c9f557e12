#include "gateway/store/storeimpl.h"

namespace Gateway {

namespace {

/// Few files live at a time, and their names are short.
constexpr CachedMemory::Limits OWNER_LIMITS{10'000, 4 << 20};
/// Signatures are kilobytes; the recent conversations' are asked for at every turn.
constexpr CachedMemory::Limits SIGNATURE_LIMITS{20'000, 12 << 20};
/// Responses with their input: a conversation that goes on is read from here.
constexpr CachedMemory::Limits OBJECT_LIMITS{10'000, 32 << 20};

} // namespace

Store::Impl::Impl(std::string path, const Clock &clock, RetentionOptions retention,
                  MasterKeySources masterKeys)
    : m_thread(path, clock, retention, std::move(masterKeys))
    , m_reader(std::move(path))
    , m_records(clock)
    , m_quotas(
          "Quotas", [](const QuotaRow &row) { return std::pair(row.scope, row.model); },
          [](StoreWorker &worker, const QuotaRow &row) { return worker.quotas().save(row); })
    , m_modelStates(
          "States of models", [](const ModelStateRow &row) { return row.model; },
          [](StoreWorker &worker, const ModelStateRow &row) { return worker.quotas().saveModel(row); })
    , m_tokenUse(
          "Use of tokens", [](const TokenUse &use) { return use.id; },
          [](StoreWorker &worker, const TokenUse &use) { return worker.tokens().saveUse(use); })
    , m_proxyHealth(
          "Health of proxies", [](const ProxyRow &row) { return row.id; },
          [](StoreWorker &worker, const ProxyRow &row) { return worker.proxies().saveHealth(row); })
    , m_owners(m_thread, clock, &StoreWorker::owners, OWNER_LIMITS)
    , m_signatures(m_thread, clock, &StoreWorker::signatures, SIGNATURE_LIMITS)
    , m_shelf(m_thread, m_reader, clock)
    , m_objects(m_thread, clock, &StoreWorker::objects, OBJECT_LIMITS)
{
    for (BatchSource *source :
         std::initializer_list<BatchSource *>{&m_records, &m_counters, &m_quotas, &m_modelStates, &m_tokenUse,
                                              &m_proxyHealth, &m_owners, &m_signatures, &m_objects})
        m_thread.addSource(*source);
}

Store::Impl::~Impl()
{
    m_reader.finish(); // an answer may ask for a change
    m_thread.finish();
}

} // namespace Gateway
