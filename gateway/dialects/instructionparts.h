#pragma once

#include "gateway/dialects/contentparts.h"

namespace Gateway {

/// The parts of `"systemInstruction":{…},`, begun with the first part.
class InstructionParts final : public PartSink
{
public:
    explicit InstructionParts(RequestDraft &draft)
        : m_draft(draft)
    {
    }
    void next() override
    {
        m_draft.text() += m_open ? "," : "\"systemInstruction\":{\"parts\":[";
        m_open = true;
    }
    bool isEmpty() const { return !m_open; }
    void close()
    {
        if (m_open)
            m_draft.text() += "]},";
    }

private:
    RequestDraft &m_draft;
    bool m_open = false;
};

} // namespace Gateway
