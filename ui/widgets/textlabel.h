#pragma once

#include <QLabel>

#include "ui/theme.h"

namespace Ui {

/// A label with a style and a colour role of the theme.
class TextLabel final : public QLabel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TextLabel)

public:
    TextLabel(const Theme &theme, TextStyle style, Role role, QWidget *parent = nullptr);

    void setRole(Role role);
    const Theme &theme() const { return m_theme; }

private:
    void restyle();

    const Theme &m_theme;
    TextStyle m_style;
    Role m_role;
};

} // namespace Ui
