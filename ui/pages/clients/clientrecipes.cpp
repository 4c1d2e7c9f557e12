#include <QtGlobal>

#include "ui/pages/clients/clientrecipe.h"

using namespace Gateway;

namespace Ui {

namespace {

ClientRecipe claudeCode()
{
    return {
        .id = "claude-code",
        .name = "Claude Code",
        .letters = "CC",
        .dialect = Dialect::Anthropic,
        .baseUrl = "{address}",
        .environment = {{"ANTHROPIC_BASE_URL", "{address}"},
                        {"ANTHROPIC_AUTH_TOKEN", "{token}"},
                        {"ANTHROPIC_DEFAULT_SONNET_MODEL", "{model}"},
                        {"ANTHROPIC_DEFAULT_HAIKU_MODEL", "{small}"}},
        .snippet = R"({
  "env": {
    "ANTHROPIC_BASE_URL": "{address}",
    "ANTHROPIC_AUTH_TOKEN": "{token}",
    "ANTHROPIC_DEFAULT_SONNET_MODEL": "{model}",
    "ANTHROPIC_DEFAULT_HAIKU_MODEL": "{small}"
  }
}
)",
        .language = CodeLanguage::Json,
        .call = ClientCall::AnthropicMessages,
        .modelLabel = QT_TRANSLATE_NOOP("Ui::ClientRecipe", "claude-sonnet becomes"),
        .smallModelLabel = QT_TRANSLATE_NOOP("Ui::ClientRecipe", "claude-haiku becomes"),
        .guide = "https://code.claude.com/docs/en/llm-gateway",
        .traces = {{"~/.claude"}},
        .file = {"~/.claude/settings.json"},
        .format = ConfigFormat::Json,
        .changes = {{{"env", "ANTHROPIC_BASE_URL"}, "{address}"},
                    {{"env", "ANTHROPIC_AUTH_TOKEN"}, "{token}"},
                    {{"env", "ANTHROPIC_DEFAULT_SONNET_MODEL"}, "{model}"},
                    {{"env", "ANTHROPIC_DEFAULT_HAIKU_MODEL"}, "{small}"}},
        .removals = {{"env", "ANTHROPIC_BASE_URL"},
                     {"env", "ANTHROPIC_AUTH_TOKEN"},
                     {"env", "ANTHROPIC_DEFAULT_SONNET_MODEL"},
                     {"env", "ANTHROPIC_DEFAULT_HAIKU_MODEL"}},
        .addressPath = {"env", "ANTHROPIC_BASE_URL"},
        .tokenPath = {"env", "ANTHROPIC_AUTH_TOKEN"},
    };
}

ClientRecipe geminiCli()
{
    return {
        .id = "gemini-cli",
        .name = "gemini-cli",
        .letters = "G",
        .dialect = Dialect::Gemini,
        .baseUrl = "{address}",
        .environment = {{"GOOGLE_GEMINI_BASE_URL", "{address}"},
                        {"GEMINI_API_KEY", "{token}"},
                        {"GEMINI_MODEL", "{model}"}},
        .snippet = "GOOGLE_GEMINI_BASE_URL={address}\nGEMINI_API_KEY={token}\nGEMINI_MODEL={model}\n",
        .language = CodeLanguage::Shell,
        .call = ClientCall::GeminiStream,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe", "If it still signs in with Google, choose “Use Gemini API key” with /auth."),
        .guide = "https://github.com/google-gemini/gemini-cli",
        .traces = {{"~/.gemini"}},
        .file = {"~/.gemini/.env"},
        .format = ConfigFormat::Env,
        .changes = {{{"GOOGLE_GEMINI_BASE_URL"}, "{address}"},
                    {{"GEMINI_API_KEY"}, "{token}"},
                    {{"GEMINI_MODEL"}, "{model}"}},
        .removals = {{"GOOGLE_GEMINI_BASE_URL"}, {"GEMINI_API_KEY"}, {"GEMINI_MODEL"}},
        .addressPath = {"GOOGLE_GEMINI_BASE_URL"},
        .tokenPath = {"GEMINI_API_KEY"},
    };
}

ClientRecipe codex()
{
    return {
        .id = "codex",
        .name = "Codex",
        .letters = "Cx",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"GEMINI_BALANCE_TOKEN", "{token}"}},
        .snippet = R"(model = "{model}"
model_provider = "gemini-balance"

[model_providers.gemini-balance]
name = "Gemini Balance"
base_url = "{address}/v1"
wire_api = "responses"
# or: env_key = "GEMINI_BALANCE_TOKEN"
experimental_bearer_token = "{token}"
)",
        .language = CodeLanguage::Toml,
        .call = ClientCall::OpenAiResponses,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe", "It reads its settings at its start. With env_key in the file the token can "
                                "stay in the environment."),
        .guide = "https://developers.openai.com/codex/config-reference",
        .traces = {{"~/.codex"}},
        .file = {"~/.codex/config.toml"},
        .format = ConfigFormat::Toml,
        .changes = {{{"model"}, "{model}"},
                    {{"model_provider"}, "gemini-balance"},
                    {{"model_providers", "gemini-balance", "name"}, "Gemini Balance"},
                    {{"model_providers", "gemini-balance", "base_url"}, "{address}/v1"},
                    {{"model_providers", "gemini-balance", "wire_api"}, "responses"},
                    {{"model_providers", "gemini-balance", "experimental_bearer_token"}, "{token}"}},
        .removals = {{"model"}, {"model_provider"}, {"model_providers", "gemini-balance"}},
        .addressPath = {"model_providers", "gemini-balance", "base_url"},
        .tokenPath = {"model_providers", "gemini-balance", "experimental_bearer_token"},
    };
}

ClientRecipe copilotChat()
{
    return {
        .id = "vscode",
        .name = "VS Code Copilot",
        .letters = "VS",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1/chat/completions",
        .environment = {},
        .snippet = R"([
  {
    "name": "Gemini Balance",
    "vendor": "customendpoint",
    "apiKey": "{token}",
    "apiType": "chat-completions",
    "models": [
      {
        "id": "{model}",
        "name": "{model}",
        "url": "{address}/v1/chat/completions",
        "toolCalling": true,
        "vision": true,
        "maxInputTokens": 1000000,
        "maxOutputTokens": 65536
      }
    ]
  }
]
)",
        .language = CodeLanguage::Json,
        .call = ClientCall::OpenAiChatStream,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe",
            "In VS Code: Chat: Manage Language Models, Add, Custom Endpoint. Give the token "
            "there, as VS Code keeps it encrypted; the rest goes into "
            "chatLanguageModels.json."),
        .guide = "https://code.visualstudio.com/docs/agent-customization/language-models",
        .traces = {{"{config}/Code"}},
    };
}

ClientRecipe copilotCli()
{
    return {
        .id = "copilot-cli",
        .name = "Copilot CLI",
        .letters = "Cp",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"COPILOT_PROVIDER_TYPE", "openai"},
                        {"COPILOT_PROVIDER_BASE_URL", "{address}/v1"},
                        {"COPILOT_PROVIDER_API_KEY", "{token}"},
                        {"COPILOT_MODEL", "{model}"}},
        .snippet = R"(export COPILOT_PROVIDER_TYPE="openai"
export COPILOT_PROVIDER_BASE_URL="{address}/v1"
export COPILOT_PROVIDER_API_KEY="{token}"
export COPILOT_MODEL="{model}"
copilot
)",
        .language = CodeLanguage::Shell,
        .call = ClientCall::OpenAiChatStream,
        .guide = "https://docs.github.com/en/copilot/how-tos/copilot-cli/customize-copilot/use-byok-models",
        .traces = {{"~/.copilot"}},
    };
}

ClientRecipe jetBrains()
{
    return {
        .id = "jetbrains",
        .name = "JetBrains",
        .letters = "JB",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {},
        .snippet = "URL:     {address}/v1\nAPI key: {token}\nModel:   {model}\n",
        .language = CodeLanguage::Plain,
        .call = ClientCall::OpenAiChatStream,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe", "In the IDE: Settings, Tools, AI Assistant, Models; add an OpenAI-compatible "
                                "provider with these values and press Test Connection."),
        .guide = "https://www.jetbrains.com/help/ai-assistant/custom-models.html",
        .traces = {{"{config}/JetBrains"}},
    };
}

ClientRecipe cline()
{
    return {
        .id = "cline",
        .name = "Cline",
        .letters = "Cl",
        .dialect = Dialect::Gemini,
        .baseUrl = "{address}",
        .environment = {},
        .snippet = "API Provider:        Google Gemini\nGemini API Key:      {token}\nUse custom base URL: "
                   "{address}\nModel:               {model}\n",
        .language = CodeLanguage::Plain,
        .call = ClientCall::GeminiStream,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe", "Enter these in Cline's settings; it keeps the token in the editor's store."),
        .traces = {{"{config}/Code/User/globalStorage/saoudrizwan.claude-dev"}},
    };
}

ClientRecipe rooCode()
{
    return {
        .id = "roo-code",
        .name = "Roo Code",
        .letters = "Ro",
        .dialect = Dialect::Gemini,
        .baseUrl = "{address}",
        .environment = {},
        .snippet = "API Provider:        Google Gemini\nGemini API Key:      {token}\nUse custom base URL: "
                   "{address}\nModel:               {model}\n",
        .language = CodeLanguage::Plain,
        .call = ClientCall::GeminiWithoutVersion,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe",
            "Enter these in Roo Code's settings; it keeps the token in the editor's store."),
        .traces = {{"{config}/Code/User/globalStorage/rooveterinaryinc.roo-cline"}},
    };
}

ClientRecipe continueDev()
{
    return {
        .id = "continue",
        .name = "Continue",
        .letters = "Co",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {},
        .snippet = R"(name: Local
version: 1.0.0
schema: v1
models:
  - name: Gemini Balance
    provider: openai
    model: "{model}"
    apiBase: "{address}/v1"
    apiKey: "{token}"
)",
        .language = CodeLanguage::Yaml,
        .call = ClientCall::OpenAiChatStream,
        .guide = "https://docs.continue.dev/reference",
        .traces = {{"~/.continue"}},
        .file = {"~/.continue/config.yaml"},
        .format = ConfigFormat::Yaml,
        .changes = {{{"name"}, "Local", false, true},
                    {{"version"}, "1.0.0", false, true},
                    {{"schema"}, "v1", false, true},
                    {{"models", "name=Gemini Balance", "provider"}, "openai"},
                    {{"models", "name=Gemini Balance", "model"}, "{model}"},
                    {{"models", "name=Gemini Balance", "apiBase"}, "{address}/v1"},
                    {{"models", "name=Gemini Balance", "apiKey"}, "{token}"}},
        .removals = {{"models", "name=Gemini Balance"}},
        .addressPath = {"models", "name=Gemini Balance", "apiBase"},
        .tokenPath = {"models", "name=Gemini Balance", "apiKey"},
    };
}

ClientRecipe zed()
{
    return {
        .id = "zed",
        .name = "Zed",
        .letters = "Z",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"GEMINI_BALANCE_API_KEY", "{token}"}},
        .snippet = R"({
  "language_models": {
    "openai_compatible": {
      "Gemini Balance": {
        "api_url": "{address}/v1",
        "available_models": [
          {
            "name": "{model}",
            "display_name": "{model}",
            "max_tokens": 1000000
          }
        ]
      }
    }
  }
}
)",
        .language = CodeLanguage::Json,
        .call = ClientCall::OpenAiChatStream,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe",
            "Zed keeps the token in the system's keychain: paste it once in Agent Settings, "
            "LLM Providers, Gemini Balance."),
        .guide = "https://zed.dev/docs/ai/use-api-access",
        .traces = {{"~/.config/zed", "~/.config/zed", "{config}/Zed"}},
        .file = {"~/.config/zed/settings.json", "~/.config/zed/settings.json", "{config}/Zed/settings.json"},
        .format = ConfigFormat::Json,
        .changes = {{{"language_models", "openai_compatible", "Gemini Balance", "api_url"}, "{address}/v1"},
                    {{"language_models", "openai_compatible", "Gemini Balance", "available_models"},
                     R"([{"name":"{model}","display_name":"{model}","max_tokens":1000000}])",
                     true}},
        .removals = {{"language_models", "openai_compatible", "Gemini Balance"}},
        .addressPath = {"language_models", "openai_compatible", "Gemini Balance", "api_url"},
    };
}

ClientRecipe aider()
{
    return {
        .id = "aider",
        .name = "aider",
        .letters = "ai",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"OPENAI_API_BASE", "{address}/v1"},
                        {"OPENAI_API_KEY", "{token}"},
                        {"AIDER_MODEL", "openai/{model}"}},
        .snippet =
            "model: \"openai/{model}\"\nopenai-api-base: \"{address}/v1\"\nopenai-api-key: \"{token}\"\n",
        .language = CodeLanguage::Yaml,
        .call = ClientCall::OpenAiChatStream,
        .guide = "https://aider.chat/docs/llms/openai-compat.html",
        .traces = {{"~/.aider"}, {"~/.aider.conf.yml"}},
        .file = {"~/.aider.conf.yml"},
        .format = ConfigFormat::Yaml,
        .changes = {{{"model"}, "openai/{model}"},
                    {{"openai-api-base"}, "{address}/v1"},
                    {{"openai-api-key"}, "{token}"}},
        .removals = {{"model"}, {"openai-api-base"}, {"openai-api-key"}},
        .addressPath = {"openai-api-base"},
        .tokenPath = {"openai-api-key"},
    };
}

ClientRecipe openAiPython()
{
    return {
        .id = "openai-python",
        .name = "OpenAI SDK, Python",
        .letters = "Py",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"OPENAI_BASE_URL", "{address}/v1"}, {"OPENAI_API_KEY", "{token}"}},
        .snippet = R"(from openai import OpenAI

client = OpenAI(base_url="{address}/v1", api_key="{token}")
answer = client.chat.completions.create(
    model="{model}",
    messages=[{"role": "user", "content": "Say hello."}],
)
print(answer.choices[0].message.content)
)",
        .language = CodeLanguage::Python,
        .call = ClientCall::OpenAiChat,
        .guide = "https://github.com/openai/openai-python",
    };
}

ClientRecipe openAiNode()
{
    return {
        .id = "openai-node",
        .name = "OpenAI SDK, JavaScript",
        .letters = "JS",
        .dialect = Dialect::OpenAi,
        .baseUrl = "{address}/v1",
        .environment = {{"OPENAI_BASE_URL", "{address}/v1"}, {"OPENAI_API_KEY", "{token}"}},
        .snippet = R"(import OpenAI from "openai";

const client = new OpenAI({ baseURL: "{address}/v1", apiKey: "{token}" });
const answer = await client.chat.completions.create({
  model: "{model}",
  messages: [{ role: "user", content: "Say hello." }],
});
console.log(answer.choices[0].message.content);
)",
        .language = CodeLanguage::Other,
        .call = ClientCall::OpenAiChat,
        .guide = "https://github.com/openai/openai-node",
    };
}

ClientRecipe googleSdk()
{
    return {
        .id = "google-sdk",
        .name = "Google Gen AI SDK",
        .letters = "Go",
        .dialect = Dialect::Gemini,
        .baseUrl = "{address}",
        .environment = {{"GOOGLE_GEMINI_BASE_URL", "{address}"}, {"GEMINI_API_KEY", "{token}"}},
        .snippet = R"(from google import genai
from google.genai import types

client = genai.Client(
    api_key="{token}",
    http_options=types.HttpOptions(base_url="{address}"),
)
answer = client.models.generate_content(model="{model}", contents="Say hello.")
print(answer.text)
)",
        .language = CodeLanguage::Python,
        .call = ClientCall::GeminiGenerate,
        .note = QT_TRANSLATE_NOOP("Ui::ClientRecipe",
                                  "When GOOGLE_API_KEY is set as well, the SDK takes that one: unset it."),
        .guide = "https://googleapis.github.io/python-genai/",
    };
}

ClientRecipe curl()
{
    return {
        .id = "curl",
        .name = "curl",
        .letters = ">_",
        .dialect = Dialect::Gemini,
        .baseUrl = "{address}",
        .environment = {{"GATEWAY", "{address}"}, {"GATEWAY_TOKEN", "{token}"}},
        .snippet = R"(curl "{address}/v1beta/models/{model}:generateContent" \
  -H "x-goog-api-key: {token}" \
  -H "Content-Type: application/json" \
  -d '{"contents":[{"role":"user","parts":[{"text":"Say hello."}]}]}'
)",
        .language = CodeLanguage::Shell,
        .call = ClientCall::GeminiGenerate,
    };
}

ClientRecipe ollamaClients()
{
    return {
        .id = "ollama",
        .name = "Ollama clients",
        .letters = "Ol",
        .dialect = Dialect::Ollama,
        .baseUrl = "{address}",
        .environment = {{"OLLAMA_HOST", "{address}"}, {"OLLAMA_API_KEY", "{token}"}},
        .snippet = R"(curl "{address}/api/chat" \
  -H "Authorization: Bearer {token}" \
  -d '{"model":"{model}","stream":false,"messages":[{"role":"user","content":"Say hello."}]}'
)",
        .language = CodeLanguage::Shell,
        .call = ClientCall::OllamaChat,
        .note = QT_TRANSLATE_NOOP(
            "Ui::ClientRecipe",
            "Programs that ask for an Ollama address take the gateway's address; those that "
            "send no token need the setting OLLAMA_OPEN."),
    };
}

} // namespace

std::span<const ClientRecipe> clientRecipes()
{
    static const std::vector<ClientRecipe> all{claudeCode(),  geminiCli(), codex(), copilotChat(),
                                               copilotCli(),  jetBrains(), cline(), rooCode(),
                                               continueDev(), zed(),       aider(), openAiPython(),
                                               openAiNode(),  googleSdk(), curl(),  ollamaClients()};
    return all;
}

} // namespace Ui
