// What users write and hand over: rules, settings, addresses, keys to import, batches.
#include <array>

#include "gateway/common/modelaliases.h"
#include "gateway/common/modelfallbacks.h"
#include "gateway/common/networks.h"
#include "gateway/control/importexport/import.h"
#include "gateway/dialects/batches/batchinput.h"
#include "gateway/dialects/batches/batchrecord.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/http/hostcheck.h"
#include "gateway/settings/envfile.h"
#include "gateway/settings/settingchecks.h"
#include "gateway/upstream/retrydelay.h"
#include "tests/fuzz/fuzzing.h"

using namespace Gateway;
using namespace Fuzzing;

namespace {

void checkRules(std::string_view text)
{
    if (const Result<ModelAliases> aliases = ModelAliases::parse(text)) {
        if (const ModelAlias *alias = aliases->find(text.substr(0, 20)))
            require(!alias->target.empty(), "an alias stands for something");
    }
    const Result<ModelFallbacks> fallbacks = ModelFallbacks::parse(text);
    if (!fallbacks)
        return;
    for (const std::string &model : fallbacks->after(text.substr(0, 20)))
        require(!model.empty() && model != text.substr(0, 20), "a stand-in is another model");
}

void checkSettings(std::string_view text)
{
    static constexpr std::array CHECKS{isNotEmpty,       isToken,       isListenAddress, isHostName,
                                       isOrigin,         isHttpBase,    isProxyUrl,      isDatabaseUrl,
                                       isModelFallbacks, isModelAliases};
    for (const auto check : CHECKS)
        check(text);
    for (const std::string_view unit : {"", "bytes", "s"})
        parseAmount(text, unit);
    parseFlag(text);
    HostCheck(true, {std::string(text)}).allows(text);
    durationMs(text);
    namedWaitMs(text);
    retryAfterMs({{"Retry-After", std::string(text)}, {"Date", "Fri, 27 Nov 2026 08:00:00 GMT"}});
}

void checkNetworks(std::string_view text)
{
    const std::size_t middle = std::min(text.find(' '), text.size());
    const std::string_view block = text.substr(0, middle);
    const Networks networks({std::string(block)});
    require(networks.contains(block) <= Networks::isNetwork(block), "an address is a network of one");
    networks.contains(text.substr(std::min(middle + 1, text.size())));
}

void checkImport(std::string_view text)
{
    const ImportResult found = readImport(text);
    for (const ImportedKey &key : found.keys)
        require(key.place.offset + key.place.length <= text.size(), "a key stands within the text");
}

void checkEnv(std::string_view text)
{
    const Result<SettingTexts> texts = parseEnvFile(text);
    require(texts || !texts.error().text.empty(), "an error has words");
}

void checkLines(std::string_view text)
{
    const BatchInput input = readBatchLines(text, "/v1/chat/completions");
    require(input.faults.size() <= 100, "faults are the first hundred");
    const std::vector<BatchItem> kept = readKeptItems(keptItems(input.items));
    require(kept.size() == input.items.size(), "items are kept");
    for (std::size_t i = 0; i < kept.size(); ++i)
        require(kept[i].customId == input.items[i].customId && isJson(kept[i].body),
                "items stay what they are");
    readKeptItems(text);
    forEachLineAnswer(text, [](const BatchAnswer &) {});
}

void checkBatch(std::string_view text)
{
    const Result<std::vector<BatchItem>> items = readBatchRequests(text);
    for (std::size_t i = 0; items && i < items->size(); ++i)
        require(isJson((*items)[i].body), "a request of a batch is JSON");
    const Result<OpenAiBatchOrder> order = readOpenAiBatch(text);
    require(order || !order.error().text.empty(), "an error has words");
    const BatchRecord record = batchRecordOf("batch_1", 1, text);
    require(isJson(batchRecordJson(record)), "a batch is JSON");
    const Result<GeminiBatch> batch = readGeminiBatch(text);
    require(batch || batch.error().status == 502, "what is no operation is Google's fault");
    forEachInlined(text, [](const BatchAnswer &) {});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static constexpr std::array CHECKS{checkRules, checkSettings, checkNetworks, checkImport,
                                       checkEnv,   checkLines,    checkBatch};
    const Input input(data, size, CHECKS.size());
    CHECKS[input.choice](input.rest);
    return 0;
}
