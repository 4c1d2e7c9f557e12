#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace Gateway {

/// What a model of Google's is for, judged by its name; no list of models.
enum class ModelKind : std::uint8_t { Pro, Flash, FlashLite, Embedding, Image, Speech, Other };

/// The kind of `id` (without "models/"): the first three are Gemini's models that chat, Other is all else
/// (Gemma, Live and robotics models, …).
ModelKind modelKind(std::string_view id);

/// "@flash-lite" → FlashLite; nothing for what is no such word.
std::optional<ModelKind> kindOfTarget(std::string_view target);

/// Google's own moving name for the newest of a kind, for when its list of models cannot be had; empty where
/// there is none.
std::string_view latestName(ModelKind kind);

/// How new a model is, by its name.
struct ModelAge
{
    int major = 0; ///< "gemini-3.6-flash": 3; 0: the name tells none.
    int minor = 0;
    bool stable = true; ///< Neither a preview nor an experiment.
};

ModelAge modelAge(std::string_view id);

/// Whether `left` is to be preferred to `right`, both of one kind: the newer generation, in it a stable one,
/// of those the newest, and of its variants the one with the plainest name. Google's moving names
/// ("gemini-flash-latest") come last: a record and a price want a model's own.
bool isBetterModel(std::string_view left, std::string_view right);

} // namespace Gateway
