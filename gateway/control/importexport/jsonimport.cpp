#include "gateway/control/importexport/jsonimport.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/control/importexport/importbuilder.h"
#include "gateway/control/importexport/keyfields.h"
#include "gateway/control/importexport/settingsimport.h"

namespace Gateway {

namespace {

/// A value as the text that a table would hold: lists with ';' between.
std::string textOf(const json::value &value)
{
    if (const json::string *text = value.if_string())
        return std::string(*text);
    if (value.is_bool())
        return value.get_bool() ? "true" : "false";
    if (value.is_null())
        return {};
    const json::array *list = value.if_array();
    if (!list)
        return toJson(value);
    std::string joined;
    for (const json::value &piece : *list)
        joined += (joined.empty() ? "" : ";") + textOf(piece);
    return joined;
}

class JsonReader
{
public:
    JsonReader(std::string_view text, const KnownKeys &isKnown)
        : m_builder(text, ImportFormat::Json, isKnown)
    {
    }

    ImportResult read(const json::value &root)
    {
        if (const json::array *list = root.if_array())
            readKeys(*list);
        else if (const json::object *object = root.if_object())
            readObject(*object);
        m_builder.takeLeftOvers();
        return m_builder.take();
    }

private:
    void readObject(const json::object &object)
    {
        const json::array *keys = arrayAt(object, "keys");
        if (!keys)
            keys = arrayAt(object, "apiKeys");
        if (keys) {
            readKeys(*keys);
            if (const json::object *settings = objectAt(object, "settings"))
                takeSettings(textsOf(*settings), m_builder);
            return;
        }
        const ImportedTexts settings = textsOf(object);
        if (namesSettings(settings))
            takeSettings(settings, m_builder);
        else
            readKey(object);
    }

    static ImportedTexts textsOf(const json::object &object)
    {
        ImportedTexts texts;
        for (const auto &[name, value] : object)
            texts.emplace_back(name, value.is_string() ? textOf(value) : toJson(value));
        return texts;
    }

    void readKeys(const json::array &list)
    {
        for (const json::value &entry : list) {
            if (const json::string *key = entry.if_string())
                add(trimmed(*key), {});
            else if (const json::object *object = entry.if_object())
                readKey(*object);
        }
    }

    void readKey(const json::object &object)
    {
        KeySettings settings;
        std::string key;
        std::vector<std::string> wrongs;
        for (const auto &[name, value] : object) {
            const KeyField field = keyFieldNamed(name);
            if (field == KeyField::Key)
                key = trimmed(textOf(value));
            else if (std::string wrong = setKeyField(settings, field, textOf(value)); !wrong.empty())
                wrongs.push_back(std::string(keyFieldName(field)) + ": " + wrong);
        }
        if (key.empty())
            return;
        for (std::string &wrong : wrongs)
            m_builder.warn(m_builder.placeOf(key).line, std::move(wrong));
        add(key, std::move(settings));
    }

    void add(std::string_view key, KeySettings settings)
    {
        m_builder.addKey(key, std::move(settings), m_builder.placeOf(key));
    }

    ImportBuilder m_builder;
};

} // namespace

std::optional<ImportResult> importJson(std::string_view text, const KnownKeys &isKnown)
{
    std::string_view body = text;
    if (body.starts_with("\xef\xbb\xbf"))
        body.remove_prefix(3);
    const Result<json::value> root = parseJson(body);
    if (!root || !(root->is_array() || root->is_object()))
        return std::nullopt;
    return JsonReader(text, isKnown).read(*root);
}

} // namespace Gateway
