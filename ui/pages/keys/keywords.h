#pragma once

#include <QCoreApplication>
#include <QString>

#include "gateway/control/control.h"
#include "ui/widgets/pill.h"

namespace Ui {

struct KeyItem;

/// What the Keys page says of keys, in words.
class KeyWords
{
    Q_DECLARE_TR_FUNCTIONS(KeyWords)

public:
    /// "Usable"
    static QString status(Gateway::KeyStatus status);
    static PillLook pill(Gateway::KeyStatus status);
    /// The dot of its chip.
    static Role dot(Gateway::KeyStatus status);
    /// Below the pill: "back in 0:42", "refused", "by you"; empty when there is nothing to say.
    static QString reason(const Gateway::KeyInfo &key, qint64 nowMs);
    /// Google's words as short plain ones: "429 quota met".
    static QString shortError(const std::string &error);
    /// Whether an error is one of the key itself, and not of the moment.
    static bool isKeyFault(const std::string &error);
    static QString verdict(Gateway::CheckVerdict verdict);
    static PillLook verdictPill(Gateway::CheckVerdict verdict);
    /// The row for those who cannot see it.
    static QString sentence(const KeyItem &item, qint64 nowMs);
};

/// Google's machine word ("429 RESOURCE_EXHAUSTED") and its message, of "RESOURCE_EXHAUSTED: You exceeded …".
struct ErrorWords
{
    QString code;
    QString message;
};
ErrorWords errorWords(const QString &error);

/// A proxy's URL as it may be shown.
QString withoutPassword(const std::string &url);

} // namespace Ui
