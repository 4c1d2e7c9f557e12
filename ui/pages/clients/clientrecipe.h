#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <QString>

#include "gateway/common/dialect.h"
#include "ui/pages/clients/configchange.h"
#include "ui/widgets/codeview.h"

namespace Ui {

enum class Platform : std::uint8_t { Linux, MacOs, Windows };

Platform thisPlatform();

/// The call a client makes first.
enum class ClientCall : std::uint8_t {
    GeminiStream,         ///< /v1beta/models/X:streamGenerateContent?alt=sse
    GeminiGenerate,       ///< /v1beta/models/X:generateContent
    GeminiWithoutVersion, ///< /models/X:streamGenerateContent?alt=sse
    OpenAiChat,           ///< /v1/chat/completions
    OpenAiChatStream,     ///< The same as a stream.
    OpenAiResponses,      ///< /v1/responses
    AnthropicMessages,    ///< /v1/messages?beta=true
    OllamaChat,           ///< /api/chat
};

/// What a recipe's texts are filled with: {address}, {token}, {model}, {small}.
struct Filling
{
    QString address; ///< "http://127.0.0.1:4364"
    QString token;
    QString model;
    QString smallModel;
};

/// A value with its place: a variable of the environment or a setting of the client's file.
struct RecipeVariable
{
    const char *name;
    const char *value;
};

struct RecipeChange
{
    std::vector<const char *> path;
    const char *value;
    bool isJson = false;
    bool onlyIfMissing = false;
};

/// Paths begin with "~/", or with {config}: ~/.config, ~/Library/Application Support or %APPDATA%.
struct RecipePath
{
    const char *unixLike;
    const char *macOs = nullptr;   ///< Null: as on Linux.
    const char *windows = nullptr; ///< Null: as on Linux.
};

/// A program that can be pointed at the gateway, and how. Texts are English and go through tr() of the class
/// Ui::ClientRecipe where people read them; names and code do not.
struct ClientRecipe
{
    const char *id; ///< Also the name offered for its token.
    const char *name;
    const char *letters; ///< Of its tile.
    Gateway::Dialect dialect;
    const char *baseUrl; ///< "{address}/v1"
    std::vector<RecipeVariable> environment;
    const char *snippet;
    CodeLanguage language;
    ClientCall call;
    const char *modelLabel = "Model";
    const char *smallModelLabel = nullptr; ///< Null: it takes one model.
    const char *note = nullptr;            ///< What else is to be done, one or two sentences.
    const char *guide = nullptr;           ///< Its maker's page about this.
    std::vector<RecipePath> traces = {};   ///< Folders or files that tell that it is installed.
    RecipePath file = {nullptr};           ///< Its settings, where they can be written.
    ConfigFormat format = ConfigFormat::Json;
    std::vector<RecipeChange> changes = {};
    std::vector<std::vector<const char *>> removals = {}; ///< What "Disconnect" takes out.
    std::vector<const char *> addressPath = {};           ///< Where its address stands in the file.
    std::vector<const char *> tokenPath = {};             ///< And its token; empty: not in the file.

    bool isWritable() const { return file.unixLike != nullptr; }
};

/// All clients in the order they are shown.
std::span<const ClientRecipe> clientRecipes();
/// Null when there is none of that id.
const ClientRecipe *clientRecipe(const QString &id);

/// A text with its placeholders filled.
QString filled(const char *text, const Filling &filling);
/// The same for quoted places of JSON, YAML, TOML, Python and shell.
QString filledQuoted(const char *text, const Filling &filling);
/// Lines that set the environment of a shell: export on Linux and macOS, PowerShell on Windows.
QString environmentText(const ClientRecipe &recipe, const Filling &filling, Platform platform);
std::vector<ConfigChange> configChanges(const ClientRecipe &recipe, const Filling &filling);
std::vector<QStringList> removedPaths(const ClientRecipe &recipe);
QStringList pathOf(const std::vector<const char *> &path);

/// "Speaks the OpenAI dialect."
QString dialectSentence(Gateway::Dialect dialect);
/// The text in the language of the windows; empty for null.
QString recipeText(const char *text);

} // namespace Ui
