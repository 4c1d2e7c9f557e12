#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/settingview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<SettingView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("value", self.value);
    visit("default", self.defaultValue);
    visit("source", self.source);
    visit("locked", self.isLocked);
    visit("type", self.type);
    visit("minimum", self.minimum);
    visit("maximum", self.maximum);
    visit("unit", self.unit);
    visit("choices", self.choices);
    visit("allowed", self.allowed);
    visit("secret", self.isSecret);
    visit("needsRestart", self.needsRestart);
    visit("pending", self.isPending);
    visit("section", self.section);
    visit("title", self.title);
    visit("text", self.text);
}

GW_JSON_FORM(SettingView)

} // namespace Gateway
