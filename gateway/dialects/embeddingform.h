#pragma once

#include <string>

#include "gateway/common/json.h"

namespace Gateway {

/// How a client wants its vectors.
struct EmbeddingForm
{
    bool base64 = false; ///< OpenAI's base64 form: IEEE 754 single precision, little-endian.
    bool toUnit = false; ///< Bring them to length 1 where they are not.
};

/// Appends Gemini's `values` as the value of "embedding". A 502 when they are no vector.
Result<void> appendEmbedding(std::string &out, const json::array &values, const EmbeddingForm &form);

} // namespace Gateway
