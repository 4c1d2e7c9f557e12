#include "gateway/pool/keyslot.h"

#include <utility>

namespace Gateway {

void takeSettings(KeySlot &key, KeySettings settings)
{
    key.label = std::exchange(settings.label, {});
    key.isEnabled = std::exchange(settings.enabled, true);
    static const KeySettings plain;
    key.settings = settings == plain ? nullptr : std::make_unique<const KeySettings>(std::move(settings));
}

KeySettings settingsOf(const KeySlot &key)
{
    KeySettings settings = key.settings ? *key.settings : KeySettings();
    settings.label = key.label;
    settings.enabled = key.isEnabled;
    return settings;
}

bool isMeantFor(const KeySlot &key, std::string_view model)
{
    return !key.settings || isModelAllowed(*key.settings, model);
}

} // namespace Gateway
