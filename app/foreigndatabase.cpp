#include "app/foreigndatabase.h"

#include <vector>

#include "gateway/common/json.h"
#include "gateway/control/importexport/keyexport.h"
#include "gateway/store/foreignimport.h"

namespace Gateway {

Result<std::string> foreignDatabaseText(const std::string &path)
{
    const Result<ForeignData> data = readForeignDatabase(path);
    if (!data)
        return fail(data.error());
    std::vector<KeyRow> rows;
    for (const ForeignKey &key : data->keys) {
        rows.emplace_back();
        rows.back().secret = key.secret;
        rows.back().settings.enabled = key.enabled;
    }
    json::object settings; // the Python program has its keys among them
    for (const auto &[name, value] : data->settings)
        settings[name] = value;
    std::string text = exportJson(rows, ExportSecrets::Revealed);
    text.erase(text.rfind('}'));
    return text + ",\"settings\":" + toJson(settings) + "}\n";
}

} // namespace Gateway
