#include "ui/preferences.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QLatin1String GEOMETRY("window/geometry");
constexpr QLatin1String THEME("window/theme");
constexpr QLatin1String LANGUAGE("window/language");
constexpr QLatin1String STARTS_IN_TRAY("window/startsInTray");

QString nameOf(Theme::Choice choice)
{
    switch (choice) {
    case Theme::Choice::Light:
        return u"light"_s;
    case Theme::Choice::Dark:
        return u"dark"_s;
    case Theme::Choice::System:
        break;
    }
    return u"system"_s;
}

QString nameOf(Preferences::Notice notice)
{
    constexpr std::array names = {"keySidelined", "allResting", "gatewayStopped"};
    return "notices/"_L1 + QLatin1String(names[static_cast<std::size_t>(notice)]);
}

} // namespace

Preferences::Preferences(QObject *parent)
    : QObject(parent)
{
}

Theme::Choice Preferences::theme() const
{
    const QString name = m_settings.value(THEME).toString();
    for (const Theme::Choice choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
        if (name == nameOf(choice))
            return choice;
    }
    return Theme::Choice::System;
}

void Preferences::setTheme(Theme::Choice choice)
{
    m_settings.setValue(THEME, nameOf(choice));
    Q_EMIT themeChanged(choice);
}

QString Preferences::language() const
{
    return m_settings.value(LANGUAGE).toString();
}

void Preferences::setLanguage(const QString &language)
{
    if (language == this->language())
        return;
    m_settings.setValue(LANGUAGE, language);
    Q_EMIT languageChanged();
}

bool Preferences::startsInTray() const
{
    return m_settings.value(STARTS_IN_TRAY).toBool();
}

void Preferences::setStartsInTray(bool startsInTray)
{
    m_settings.setValue(STARTS_IN_TRAY, startsInTray);
}

bool Preferences::isNoticeOn(Notice notice) const
{
    return m_settings.value(nameOf(notice), true).toBool();
}

void Preferences::setNotice(Notice notice, bool isOn)
{
    m_settings.setValue(nameOf(notice), isOn);
}

QByteArray Preferences::geometry() const
{
    return m_settings.value(GEOMETRY).toByteArray();
}

void Preferences::setGeometry(const QByteArray &geometry)
{
    m_settings.setValue(GEOMETRY, geometry);
}

bool Preferences::wasTold(const QString &what) const
{
    return m_settings.value("told/"_L1 + what).toBool();
}

void Preferences::setTold(const QString &what)
{
    m_settings.setValue("told/"_L1 + what, true);
}

} // namespace Ui
