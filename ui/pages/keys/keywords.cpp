#include "ui/pages/keys/keywords.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <QRegularExpression>
#include <QUrl>

#include "ui/pages/keys/keyitem.h"
#include "ui/text/format.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// What Google's word is called in the table. The number is the one Google sends with it.
struct ErrorName
{
    std::string_view word;
    const char *name;
    bool isKeyFault;
};

constexpr std::array ERROR_NAMES = {
    ErrorName{"RESOURCE_EXHAUSTED", QT_TRANSLATE_NOOP("KeyWords", "429 quota met"), false},
    ErrorName{"MODEL_CAPACITY_EXHAUSTED", QT_TRANSLATE_NOOP("KeyWords", "503 overloaded"), false},
    ErrorName{"UNAVAILABLE", QT_TRANSLATE_NOOP("KeyWords", "503 overloaded"), false},
    ErrorName{"API_KEY_INVALID", QT_TRANSLATE_NOOP("KeyWords", "400 invalid key"), true},
    ErrorName{"API_KEY_EXPIRED", QT_TRANSLATE_NOOP("KeyWords", "400 key expired"), true},
    ErrorName{"_BLOCKED", QT_TRANSLATE_NOOP("KeyWords", "403 key blocked"), true},
    ErrorName{"SERVICE_DISABLED", QT_TRANSLATE_NOOP("KeyWords", "403 API is off"), true},
    ErrorName{"BILLING_DISABLED", QT_TRANSLATE_NOOP("KeyWords", "403 billing is off"), true},
    ErrorName{"CONSUMER_SUSPENDED", QT_TRANSLATE_NOOP("KeyWords", "403 suspended"), true},
    ErrorName{"CONSUMER_INVALID", QT_TRANSLATE_NOOP("KeyWords", "403 denied"), true},
    ErrorName{"PERMISSION_DENIED", QT_TRANSLATE_NOOP("KeyWords", "403 denied"), true},
    ErrorName{"UNAUTHENTICATED", QT_TRANSLATE_NOOP("KeyWords", "401 not accepted"), true},
    ErrorName{"FAILED_PRECONDITION", QT_TRANSLATE_NOOP("KeyWords", "400 not available"), false},
    ErrorName{"INVALID_ARGUMENT", QT_TRANSLATE_NOOP("KeyWords", "400 bad request"), false},
    ErrorName{"NOT_FOUND", QT_TRANSLATE_NOOP("KeyWords", "404 no such model"), false},
    ErrorName{"DEADLINE_EXCEEDED", QT_TRANSLATE_NOOP("KeyWords", "504 took too long"), false},
    ErrorName{"INTERNAL", QT_TRANSLATE_NOOP("KeyWords", "500 Google's fault"), false},
};

const ErrorName *nameOf(const std::string &error)
{
    const std::string_view head = std::string_view(error).substr(0, error.find(':'));
    const auto found = std::find_if(ERROR_NAMES.begin(), ERROR_NAMES.end(), [head](const ErrorName &name) {
        return head.find(name.word) != std::string_view::npos;
    });
    return found == ERROR_NAMES.end() ? nullptr : &*found;
}

} // namespace

ErrorWords errorWords(const QString &error)
{
    static const QRegularExpression form(u"^(\\d{3}(?: [A-Z][A-Z0-9_]+)?|[A-Z][A-Z0-9_]+)(?:: |$)"_s);
    const QRegularExpressionMatch match = form.match(error);
    if (!match.hasMatch())
        return {{}, error};
    return {match.captured(1), error.mid(match.capturedEnd())};
}

QString withoutPassword(const std::string &url)
{
    return QUrl(QString::fromStdString(url)).toDisplayString(); // which leaves the password out
}

QString KeyWords::status(KeyStatus status)
{
    switch (status) {
    case KeyStatus::Usable:
        return tr("Usable");
    case KeyStatus::Resting:
        return tr("Resting");
    case KeyStatus::Sidelined:
        return tr("Sidelined");
    case KeyStatus::Disabled:
        break;
    }
    return tr("Disabled");
}

PillLook KeyWords::pill(KeyStatus status)
{
    switch (status) {
    case KeyStatus::Usable:
        return {PillKind::Ok, u"ok"_s, KeyWords::status(status)};
    case KeyStatus::Resting:
        return {PillKind::Warn, u"resting"_s, KeyWords::status(status)};
    case KeyStatus::Sidelined:
        return {PillKind::Bad, u"sidelined"_s, KeyWords::status(status)};
    case KeyStatus::Disabled:
        break;
    }
    return {PillKind::Idle, u"off"_s, KeyWords::status(status)};
}

Role KeyWords::dot(KeyStatus status)
{
    switch (status) {
    case KeyStatus::Usable:
        return &Tokens::ok;
    case KeyStatus::Resting:
        return &Tokens::warn;
    case KeyStatus::Sidelined:
        return &Tokens::bad;
    case KeyStatus::Disabled:
        break;
    }
    return &Tokens::idle;
}

QString KeyWords::reason(const KeyInfo &key, qint64 nowMs)
{
    switch (key.status) {
    case KeyStatus::Resting:
        return key.untilMs > nowMs ? backText(key.untilMs, nowMs) : tr("back now");
    case KeyStatus::Sidelined:
        return key.failures > 0 ? tr("after %n failure(s)", nullptr, key.failures) : tr("refused");
    case KeyStatus::Disabled:
        return tr("by you");
    case KeyStatus::Usable:
        break;
    }
    return key.failures > 0 ? tr("%n failure(s)", nullptr, key.failures) : QString();
}

QString KeyWords::shortError(const std::string &error)
{
    if (error.empty())
        return u"–"_s;
    if (const ErrorName *name = nameOf(error))
        return QCoreApplication::translate("KeyWords", name->name);
    return QString::fromStdString(error);
}

bool KeyWords::isKeyFault(const std::string &error)
{
    const ErrorName *name = nameOf(error);
    return name && name->isKeyFault;
}

QString KeyWords::verdict(CheckVerdict verdict)
{
    switch (verdict) {
    case CheckVerdict::Good:
        return tr("Works");
    case CheckVerdict::Limited:
        return tr("Quota met");
    case CheckVerdict::Refused:
        return tr("Refused");
    case CheckVerdict::Unclear:
        break;
    }
    return tr("No clear answer");
}

PillLook KeyWords::verdictPill(CheckVerdict verdict)
{
    switch (verdict) {
    case CheckVerdict::Good:
        return {PillKind::Ok, u"ok"_s, KeyWords::verdict(verdict)};
    case CheckVerdict::Limited:
        return {PillKind::Warn, u"resting"_s, KeyWords::verdict(verdict)};
    case CheckVerdict::Refused:
        return {PillKind::Bad, u"sidelined"_s, KeyWords::verdict(verdict)};
    case CheckVerdict::Unclear:
        break;
    }
    return {PillKind::Idle, u"warning"_s, KeyWords::verdict(verdict)};
}

QString KeyWords::sentence(const KeyItem &item, qint64 nowMs)
{
    const KeyInfo &key = item.key;
    QStringList parts{item.name(), status(key.status).toLower(), reason(key, nowMs)};
    if (key.minuteShare >= 0)
        parts += tr("minute %1").arg(percentText(key.minuteShare));
    if (key.dayShare >= 0)
        parts += tr("day %1").arg(percentText(key.dayShare));
    if (item.dayCalls >= 0) {
        parts += tr("%n call(s)", nullptr, static_cast<int>(item.dayCalls));
        parts += tr("%n failed", nullptr, static_cast<int>(item.dayFailed));
    }
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Ui
