#include "gateway/control/importexport/keyexport.h"

#include "gateway/common/json.h"
#include "gateway/control/importexport/csv.h"
#include "gateway/control/importexport/keyfields.h"

namespace Gateway {

namespace {

std::string shown(const Secret &secret, ExportSecrets secrets)
{
    return secrets == ExportSecrets::Revealed ? secret.reveal() : secret.masked();
}

json::array listJson(const std::vector<std::string> &list)
{
    json::array made;
    for (const std::string &piece : list)
        made.emplace_back(piece);
    return made;
}

json::value fieldJson(const KeySettings &settings, KeyField field)
{
    switch (field) {
    case KeyField::Tags:
        return listJson(settings.tags);
    case KeyField::AllowedModels:
        return listJson(settings.allowedModels);
    case KeyField::DeniedModels:
        return listJson(settings.deniedModels);
    case KeyField::Enabled:
        return settings.enabled;
    case KeyField::Weight:
        return settings.weight;
    case KeyField::Priority:
        return settings.priority;
    case KeyField::MinuteRequests:
        return settings.minuteRequests;
    case KeyField::MinuteTokens:
        return settings.minuteTokens;
    case KeyField::DayRequests:
        return settings.dayRequests;
    default:
        return json::value(keyFieldText(settings, field));
    }
}

} // namespace

std::string exportCsv(std::span<const KeyRow> rows, ExportSecrets secrets)
{
    std::string csv;
    for (const KeyField field : keyFields()) {
        csv += csv.empty() ? "" : ",";
        csv += keyFieldName(field);
    }
    csv += "\r\n";
    for (const KeyRow &row : rows) {
        bool isFirst = true;
        for (const KeyField field : keyFields()) {
            if (!std::exchange(isFirst, false))
                csv += ',';
            appendCsvField(csv, field == KeyField::Key ? shown(row.secret, secrets)
                                                       : keyFieldText(row.settings, field));
        }
        csv += "\r\n";
    }
    return csv;
}

std::string exportJson(std::span<const KeyRow> rows, ExportSecrets secrets)
{
    std::string text = "{\"keys\":[";
    for (const KeyRow &row : rows) {
        json::object object;
        for (const KeyField field : keyFields()) {
            object[keyFieldName(field)] = field == KeyField::Key ? json::value(shown(row.secret, secrets))
                                                                 : fieldJson(row.settings, field);
        }
        text += text.back() == '[' ? "\n" : ",\n";
        appendJson(text, object);
    }
    text += "\n]}\n";
    return text;
}

} // namespace Gateway
