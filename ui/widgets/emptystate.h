#pragma once

#include <QWidget>

#include "ui/theme.h"
#include "ui/widgets/button.h"

class QHBoxLayout;

namespace Ui {

class TextLabel;

/// What stands where a list would be while it has nothing: what is missing, and the button that changes it.
class EmptyState final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyState)

public:
    EmptyState(const Theme &theme, const QString &iconName, const QString &heading, const QString &text,
               QWidget *parent = nullptr);

    void setTexts(const QString &heading, const QString &text);
    Button *addButton(Button::Kind kind, const QString &text);

private:
    TextLabel *m_heading;
    TextLabel *m_text;
    QHBoxLayout *m_buttons;
};

} // namespace Ui
