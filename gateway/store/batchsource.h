#pragma once

#include "gateway/common/result.h"

namespace Gateway {

class StoreWorker;

/// Something that gathers what is to be written and has it written in batches. The three functions are called
/// in the store's thread.
class BatchSource
{
public:
    virtual ~BatchSource() = default;

    virtual bool hasWaiting() const = 0;
    /// Writes what waits, at most one batch of it; a transaction is around it.
    virtual Result<void> writeBatch(StoreWorker &worker) = 0;
    /// What came of the transaction.
    virtual void batchDone(StoreWorker &worker, const Result<void> &outcome) = 0;
};

} // namespace Gateway
