#include "ui/pages/chat/chatoptions.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

std::string settingsOf(const ChatOptions &options)
{
    QJsonObject object{{u"think"_s, options.thinks}, {u"search"_s, options.searches}};
    if (!options.dialect.isEmpty())
        object["dialect"_L1] = options.dialect;
    if (!options.thinkingLevel.isEmpty())
        object["thinking_level"_L1] = options.thinkingLevel;
    if (options.temperature >= 0)
        object["temperature"_L1] = options.temperature;
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

ChatOptions optionsOf(const std::string &settings)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(settings)).object();
    ChatOptions options;
    options.dialect = object["dialect"_L1].toString();
    options.thinks = object["think"_L1].toBool();
    options.searches = object["search"_L1].toBool();
    options.thinkingLevel = object["thinking_level"_L1].toString();
    options.temperature = object["temperature"_L1].toDouble(-1);
    return options;
}

} // namespace Ui
