#include "ui/widgets/textlabel.h"

namespace Ui {

TextLabel::TextLabel(const Theme &theme, TextStyle style, Role role, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_style(style)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    connect(&theme, &Theme::changed, this, &TextLabel::restyle);
    restyle();
}

void TextLabel::setRole(Role role)
{
    m_role = role;
    restyle();
}

void TextLabel::restyle()
{
    setFont(m_theme.font(m_style));
    QPalette own;
    own.setColor(QPalette::WindowText, m_theme.tokens().*m_role);
    setPalette(own);
}

} // namespace Ui
