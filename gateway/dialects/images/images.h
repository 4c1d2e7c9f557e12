#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/dialects/translation.h"

namespace Gateway {

/// OpenAI's calls that make pictures (developers.openai.com/api/reference/resources/images).
enum class ImageCall : std::uint8_t { Generation, Edit, Variation };

/// A call as the relay takes it up, before it is translated.
struct AskedImages
{
    std::string body;      ///< JSON, also of a call that came as a form.
    std::string model;     ///< As the client wrote it; empty when it named none.
    bool wantsUrl = false; ///< Pictures are told by URL, not in base64.
};

/// Reads a call that comes as JSON or, by its `contentType`, as a form (RFC 7578). A form becomes the JSON
/// that OpenAI takes for the same call: files are data: URLs in `images` and `mask`. Fails with the client's
/// 400.
Result<AskedImages> readAskedImages(std::string_view contentType, std::string_view body);

/// The calls as JSON → Gemini's generateContent of a model that draws
/// (ai.google.dev/gemini-api/docs/image-generation) and back. Fail with the client's 400, also where Gemini
/// has nothing like what is asked (a transparent background, GIF, SVG). The answers hold pictures in base64.
Result<std::unique_ptr<Translation>> openAiImageGeneration(std::string_view body,
                                                           const TranslationContext &context);
Result<std::unique_ptr<Translation>> openAiImageEdit(std::string_view body,
                                                     const TranslationContext &context);
Result<std::unique_ptr<Translation>> openAiImageVariation(std::string_view body,
                                                          const TranslationContext &context);

/// Whether `model` is a name of OpenAI's own for a model that draws ("gpt-image-2", "dall-e-3"), or none at
/// all.
bool isOpenAiImageModel(std::string_view model);

/// Whether a model of Gemini's draws, as far as its name tells: models.list says nothing about it.
bool drawsPictures(std::string_view model);

} // namespace Gateway
