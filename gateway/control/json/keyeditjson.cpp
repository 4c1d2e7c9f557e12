#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/keyedit.h"

namespace Gateway {

template <typename Visitor, MaybeConst<KeyPatch> Self>
void describe(Visitor &visit, Self &self)
{
    visit("label", self.label);
    visit("note", self.note);
    visit("tags", self.tags);
    visit("project", self.project);
    visit("priority", self.priority);
    visit("weight", self.weight);
    visit("enabled", self.enabled);
    visit("allowedModels", self.allowedModels);
    visit("deniedModels", self.deniedModels);
    visit("proxy", self.proxy);
    visit("minuteRequests", self.minuteRequests);
    visit("minuteTokens", self.minuteTokens);
    visit("dayRequests", self.dayRequests);
    visit("tier", self.tier);
    visit("kind", self.kind);
    visit("baseUrl", self.baseUrl);
}

template <typename Visitor, MaybeConst<AddKeys> Self>
void describe(Visitor &visit, Self &self)
{
    visit("text", self.text);
    visit("labelPattern", self.labelPattern);
    visit("settings", self.settings);
    visit("passphrase", self.passphrase);
    visit("preview", self.isPreview);
    visit("withOthers", self.withOthers);
}

template <typename Visitor, MaybeConst<OtherFind> Self>
void describe(Visitor &visit, Self &self)
{
    visit("kind", self.kind);
    visit("name", self.name);
    visit("value", self.value);
    visit("verdict", self.verdict);
    visit("note", self.note);
}

template <typename Visitor, MaybeConst<AddedKey> Self>
void describe(Visitor &visit, Self &self)
{
    visit("line", self.line);
    visit("offset", self.offset);
    visit("length", self.length);
    visit("verdict", self.verdict);
    visit("id", self.id);
    visit("key", self.masked);
    visit("label", self.label);
    visit("note", self.note);
}

template <typename Visitor, MaybeConst<AddKeysResult> Self>
void describe(Visitor &visit, Self &self)
{
    visit("keys", self.keys);
    visit("added", self.added);
    visit("known", self.known);
    visit("repeated", self.repeated);
    visit("malformed", self.malformed);
    visit("others", self.others);
    visit("taken", self.taken);
    visit("warnings", self.warnings);
}

template <typename Visitor, MaybeConst<KeyExport> Self>
void describe(Visitor &visit, Self &self)
{
    visit("ids", self.ids);
    visit("format", self.format);
    visit("reveal", self.isRevealed);
    visit("passphrase", self.passphrase);
}

template <typename Visitor, MaybeConst<ExportedFile> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("mediaType", self.mediaType);
    visit("content", self.content);
    visit("base64", self.isBase64);
}

template <typename Visitor, MaybeConst<RevealedKey> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("key", self.secret);
}

GW_JSON_FORM(KeyPatch)
GW_JSON_FORM(AddKeys)
GW_JSON_FORM(AddedKey)
GW_JSON_FORM(OtherFind)
GW_JSON_FORM(AddKeysResult)
GW_JSON_FORM(KeyExport)
GW_JSON_FORM(ExportedFile)
GW_JSON_FORM(RevealedKey)

} // namespace Gateway
