#pragma once

#include <cstdint>

#include <QObject>
#include <QSettings>

#include "ui/theme.h"

namespace Ui {

/// What a person likes about the windows; kept in QSettings, apart from the gateway's settings in its store.
class Preferences final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Preferences)

public:
    /// Of what the desktop may tell by itself.
    enum class Notice : std::uint8_t { KeySidelined, AllResting, GatewayStopped };

    explicit Preferences(QObject *parent = nullptr);

    Theme::Choice theme() const;
    void setTheme(Theme::Choice choice);

    /// "en", "zh_CN"; empty: as the system is.
    QString language() const;
    void setLanguage(const QString &language);

    bool startsInTray() const;
    void setStartsInTray(bool startsInTray);

    bool isNoticeOn(Notice notice) const;
    void setNotice(Notice notice, bool isOn);

    QByteArray geometry() const;
    void setGeometry(const QByteArray &geometry);

    /// Whether something that is told once was told: "tray", "welcome".
    bool wasTold(const QString &what) const;
    void setTold(const QString &what);

Q_SIGNALS:
    void themeChanged(Ui::Theme::Choice choice);
    void languageChanged();

private:
    QSettings m_settings;
};

} // namespace Ui
