#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace Gateway {

/// A key or token. It shows itself masked everywhere; its text leaves only through reveal(). Cheap to copy;
/// the text is wiped from memory with the last copy.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string_view text);

    /// The text itself: for the wire and the store, never for a log, an error or a URL that is shown.
    const std::string &reveal() const;

    /// "AIza…x9Qk"; texts under 12 characters show nothing of themselves ("…").
    std::string masked() const;

    bool isEmpty() const { return reveal().empty(); }

    /// Equality in time that does not depend on where the texts differ.
    bool equals(std::string_view other) const;

private:
    std::shared_ptr<const std::string> m_text;
};

/// Puts the masked form in place of the secret wherever it stands in `text`.
void hideSecret(std::string &text, const Secret &secret);

/// The masked form of any text, as Secret::masked().
std::string maskSecret(std::string_view text);

} // namespace Gateway
