#pragma once

#include <cstdint>

#include <QWidget>

#include "ui/theme.h"

class QHBoxLayout;

namespace Ui {

class Button;
class TextLabel;

/// A line above the page about something that lasts, with the buttons that mend it. The cross hides it until
/// its cause is another one.
class Banner final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Banner)

public:
    enum class Kind : std::uint8_t { Danger, Warn };

    explicit Banner(const Theme &theme, QWidget *parent = nullptr);

    /// Shows it with the buttons that are added next; nothing happens while the cause, a word for what it is
    /// about, is the one that is shown or was hidden by the user. False then.
    bool showCause(const QString &cause, Kind kind, const QString &heading, const QString &text);
    Button *addButton(const QString &text);
    /// The cause is gone.
    void clear();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Kind m_kind = Kind::Warn;
    QString m_cause;
    TextLabel *m_heading;
    TextLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace Ui
