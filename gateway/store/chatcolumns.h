#pragma once

#include "gateway/common/chatrow.h"
#include "gateway/store/statement.h"

namespace Gateway {

#define CHAT_COLUMNS "id, title, model, system, settings, created_ms, updated_ms"

/// From a row of CHAT_COLUMNS.
ChatRow chatOf(Statement &statement);

#define CHAT_MESSAGE_COLUMNS                                                                                 \
    "position, role, model, created_ms, input_tokens, output_tokens, duration_ms, key_label, error, text, "  \
    "content"

/// From a row of CHAT_MESSAGE_COLUMNS.
ChatMessage chatMessageOf(Statement &statement);

} // namespace Gateway
