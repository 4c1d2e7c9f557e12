#include "ui/pages/chat/chatanswerfoot.h"

#include <QHBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

QString footText(const ChatItem &item)
{
    QStringList pieces;
    if (!item.model.isEmpty())
        pieces += item.model;
    if (item.usage.inputTokens >= 0 && item.usage.outputTokens >= 0)
        //: Tokens: how many the question took, how many the answer.
        pieces += ChatAnswerFoot::tr("%1 in, %2 out")
                      .arg(countText(item.usage.inputTokens), countText(item.usage.outputTokens));
    if (item.usage.durationMs >= 0)
        pieces += durationText(item.usage.durationMs);
    if (!item.keyLabel.isEmpty())
        //: %1 is the label of the API key that answered.
        pieces += ChatAnswerFoot::tr("through %1").arg(item.keyLabel);
    return pieces.join(u"  ·  "_s);
}

ChatAnswerFoot::ChatAnswerFoot(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_copy(new CopyButton(theme, tr("Copy the answer"), false))
    , m_text(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
{
    auto *again = new Button(theme, Button::Kind::Ghost, u"refresh"_s, {});
    again->setAccessibleName(tr("Ask again"));
    again->setToolTip(tr("Ask again; this answer and what follows go"));
    auto *edit = new Button(theme, Button::Kind::Ghost, u"edit"_s, {});
    edit->setAccessibleName(tr("Edit the question"));
    edit->setToolTip(tr("Edit the question and ask again"));
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_copy, again, edit})
        row->addWidget(widget);
    row->addSpacing(8);
    row->addWidget(m_text, 1);
    connect(again, &QPushButton::clicked, this, &ChatAnswerFoot::againRequested);
    connect(edit, &QPushButton::clicked, this, &ChatAnswerFoot::editRequested);
}

void ChatAnswerFoot::showItem(const ChatItem &item)
{
    m_copy->setCopiedText(textOf(item.turn));
    m_copy->setVisible(!textOf(item.turn).isEmpty());
    m_text->setText(footText(item));
    m_text->setToolTip(footText(item));
}

} // namespace Ui
