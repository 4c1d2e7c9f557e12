#include "ui/pages/chat/chatmessageview.h"

#include <algorithm>

#include <QLayout>
#include <QStyle>

namespace Ui {

namespace {

int heightOf(const QWidget &widget, int width)
{
    if (widget.hasHeightForWidth())
        return widget.heightForWidth(width);
    if (widget.layout() && widget.layout()->hasHeightForWidth())
        return widget.layout()->heightForWidth(width);
    return widget.sizeHint().height();
}

} // namespace

int stack(const QList<QWidget *> &widgets, int top, int width, int gap)
{
    int y = top;
    for (QWidget *widget : widgets) {
        if (widget->isHidden())
            continue;
        y += y > top ? gap : 0;
        const int height = heightOf(*widget, width);
        widget->setGeometry(0, y, width, height);
        y += height;
    }
    return y;
}

} // namespace Ui
