#pragma once

#include "gateway/control/commands/recordcommands.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

/// What this process has recorded.
class LocalRecords final : public RecordCommands
{
public:
    /// `parts` outlives this.
    explicit LocalRecords(const LocalParts &parts);

    void log(LogQuery query, Reply<LogPage> reply) override;

private:
    const LocalParts &m_parts;
};

} // namespace Gateway
