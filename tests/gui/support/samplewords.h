#pragma once

#include <string>

#include <QStringList>

namespace Ui {

/// "1,2,3"
template <typename Ids>
QString numbers(const Ids &ids)
{
    QStringList texts;
    for (const auto id : ids)
        texts += QString::number(id);
    return texts.join(u',');
}

/// Whether `part` stands in `text`, in whatever case.
inline bool has(const std::string &text, const std::string &part)
{
    return QString::fromStdString(text).contains(QString::fromStdString(part), Qt::CaseInsensitive);
}

} // namespace Ui
