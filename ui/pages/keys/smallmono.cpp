#include "ui/pages/keys/smallmono.h"

#include "ui/widgets/textlabel.h"

namespace Ui {

QFont smallMono(const Theme &theme)
{
    QFont font = theme.font(TextStyle::Mono);
    font.setPixelSize(theme.font(TextStyle::Caption).pixelSize());
    return font;
}

TextLabel *smallMonoLabel(const Theme &theme, Role role, QWidget *parent)
{
    auto *label = new TextLabel(theme, TextStyle::Mono, role, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(smallMono(theme));
    // After the label's own.
    QObject::connect(&theme, &Theme::changed, label, [label, &theme] { label->setFont(smallMono(theme)); });
    return label;
}

} // namespace Ui
