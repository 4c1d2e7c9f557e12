#pragma once

#include <cstdint>

#include <QWidget>

#include "ui/theme.h"

class QHBoxLayout;

namespace Ui {

class Button;
class TextLabel;

/// How something went, told where it was asked for; with buttons of what to do next.
class InlineResult final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InlineResult)

public:
    enum class Kind : std::uint8_t { Running, Good, Bad };

    explicit InlineResult(const Theme &theme, QWidget *parent = nullptr);

    /// Removes the buttons of before, and shows itself.
    void showResult(Kind kind, const QString &text);
    /// Adds a button at the right.
    Button *addButton(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Kind m_kind = Kind::Running;
    TextLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace Ui
