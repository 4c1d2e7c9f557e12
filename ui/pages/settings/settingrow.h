#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

class QHBoxLayout;

namespace Ui {

class Button;
class Pill;
class SettingEditor;
class TextLabel;

/// A line of a settings card: what it is, what it does, whether it can be changed, and the control.
class SettingLine : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingLine)

public:
    /// The control stands at the right.
    SettingLine(const Theme &theme, const QString &title, const QString &text, QWidget *control);

    bool matches(const QString &search) const;
    /// Marks what was searched for.
    void setMarked(bool isMarked);
    /// A line above, in all rows but a card's first.
    void setRule(bool hasRule);

protected:
    void paintEvent(QPaintEvent *event) override;

    const Theme &theme() const { return m_theme; }
    TextLabel *text() const { return m_text; }
    QHBoxLayout *titleRow() const { return m_titleRow; }
    QHBoxLayout *row() const { return m_row; }

    QString m_words; ///< What a search looks through.

private:
    const Theme &m_theme;
    TextLabel *m_text;
    QHBoxLayout *m_titleRow;
    QHBoxLayout *m_row;
    bool m_isMarked = false;
    bool m_hasRule = false;
};

/// The line of one of the gateway's settings.
class SettingRow final : public SettingLine
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingRow)

public:
    SettingRow(const Theme &theme, const Gateway::SettingView &setting);

    void showSetting(const Gateway::SettingView &setting);
    /// Why the last value was not taken; empty: it was.
    void showError(const QString &text);

    const Gateway::SettingView &setting() const { return m_setting; }

Q_SIGNALS:
    void changed(const QString &value);
    void resetRequested();

private:
    SettingRow(const Theme &theme, const Gateway::SettingView &setting, SettingEditor *editor);
    void showText();

    Gateway::SettingView m_setting;
    QString m_error;
    SettingEditor *m_editor;
    Pill *m_lock;
    Pill *m_pending;
    Button *m_reset;
};

} // namespace Ui
