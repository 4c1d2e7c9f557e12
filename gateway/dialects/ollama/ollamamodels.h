#pragma once

#include <string>
#include <string_view>

#include "gateway/dialects/models.h"

namespace Gateway {

/// The version of Ollama whose API this is: the first that has Anthropic's messages beside OpenAI's dialect.
/// Clients leave out what the version they read does not have.
constexpr std::string_view OLLAMA_VERSION = "0.14.0";

/// Whether Ollama's API can do anything with the model: chat with it or have it make vectors.
bool isForOllama(const ModelInfo &model);

/// Appends the model as /api/tags lists it (docs.ollama.com/api/tags). Its digest is one of what Google tells
/// of it, since clients cut it without looking whether there is one.
void appendOllamaTag(std::string &out, const ModelInfo &model);

/// Appends what /api/show tells (docs.ollama.com/api-reference/show-model-details): above all `capabilities`
/// ("completion", "embedding", "tools", "vision", "thinking"), as far as Google's list and the model's name
/// say, and in `model_info` the architecture and the length of its context, which is never missing.
void appendOllamaShow(std::string &out, const ModelInfo &model);

} // namespace Gateway
