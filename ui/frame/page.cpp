#include "ui/frame/page.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int HEADER = 64;

} // namespace

Page::Page(const PageParts &parts, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_remark(new TextLabel(parts.theme, TextStyle::Body, &Tokens::text3))
    , m_actions(new QHBoxLayout)
    , m_body(new QVBoxLayout)
{
    setAccessibleName(title);
    auto *heading = new TextLabel(parts.theme, TextStyle::Title, &Tokens::text);
    heading->setText(title);
    auto *header = new QWidget;
    header->setMinimumHeight(HEADER);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(MARGIN, 0, MARGIN, 0);
    row->setSpacing(12);
    row->addWidget(heading);
    row->addWidget(m_remark);
    row->addStretch();
    m_actions->setSpacing(8);
    row->addLayout(m_actions);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(m_body, 1);
}

void Page::goTo(const Target &)
{
}

void Page::focusSearch()
{
}

void Page::makeNew()
{
}

void Page::refresh()
{
}

bool Page::escape()
{
    return false;
}

QList<QWidget *> Page::areas() const
{
    return {};
}

void Page::setRemark(const QString &text)
{
    m_remark->setText(text);
}

} // namespace Ui
