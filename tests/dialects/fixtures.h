#pragma once

#include <optional>
#include <string>

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QtGlobal>

namespace Gateway {

/// A captured answer of Google's, e.g. "googleai/unary-failure-api-key.json"; nothing when the collection is
/// not at hand (env GW_FIXTURES, else beside the source folder).
inline std::optional<std::string> fixture(const QString &name)
{
    QString folder = qEnvironmentVariable("GW_FIXTURES");
    if (folder.isEmpty())
        folder = QStringLiteral(GW_SOURCE_DIR "/../shared/fixtures");
    QFile file(folder + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll().toStdString();
}

} // namespace Gateway
