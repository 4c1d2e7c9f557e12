#include "ui/frame/sidebar.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/frame/navigationitem.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 208;
constexpr int FOLDED_WIDTH = 56;
constexpr int BRAND_HEIGHT = 64;
constexpr int MARK = 28;

} // namespace

SideBar::SideBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
    , m_upper(new QVBoxLayout)
    , m_lower(new QVBoxLayout)
    , m_brand(new QWidget)
    , m_words(new QWidget)
{
    setAccessibleName(tr("Pages"));
    auto *mark = new QLabel;
    mark->setPixmap(applicationIcon().pixmap(QSize(MARK, MARK), devicePixelRatioF()));
    auto *name = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    name->setText(tr("Gemini Balance"));
    auto *what = new TextLabel(theme, TextStyle::Caption, &Tokens::text3);
    what->setText(tr("Local gateway"));
    auto *words = new QVBoxLayout(m_words);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(0);
    words->addWidget(name);
    words->addWidget(what);
    m_brand->setFixedHeight(BRAND_HEIGHT);
    auto *brand = new QHBoxLayout(m_brand);
    brand->setContentsMargins(20, 0, 8, 0);
    brand->setSpacing(10);
    brand->addWidget(mark);
    brand->addWidget(m_words, 1, Qt::AlignVCenter);

    m_upper->setSpacing(0);
    m_lower->setSpacing(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 8);
    column->setSpacing(0);
    column->addWidget(m_brand);
    column->addLayout(m_upper);
    column->addStretch();
    column->addLayout(m_lower);
    setFolded(false);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT chosen(static_cast<PageId>(id)); });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SideBar::addPage(PageId page, const QString &iconName, const QString &name, const QString &shortcut,
                      bool isAtFoot)
{
    auto *item = new NavigationItem(m_theme, iconName, name, shortcut);
    m_items[page] = item;
    m_group->addButton(item, static_cast<int>(page));
    (isAtFoot ? m_lower : m_upper)->addWidget(item);
}

void SideBar::setCurrent(PageId page)
{
    if (const auto found = m_items.find(page); found != m_items.end())
        found->second->setChecked(true);
}

void SideBar::setBadge(PageId page, const QString &text, PillKind kind)
{
    if (const auto found = m_items.find(page); found != m_items.end())
        found->second->setBadge(text, kind);
}

void SideBar::setFolded(bool isFolded)
{
    setFixedWidth(isFolded ? FOLDED_WIDTH : WIDTH);
    m_words->setVisible(!isFolded);
    m_brand->layout()->setContentsMargins(isFolded ? (FOLDED_WIDTH - MARK) / 2 : 20, 0, isFolded ? 0 : 8, 0);
    for (const auto &[page, item] : m_items)
        item->setFolded(isFolded);
}

void SideBar::takeFocus()
{
    if (QAbstractButton *current = m_group->checkedButton())
        current->setFocus(Qt::TabFocusReason);
}

void SideBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().side);
    painter.fillRect(QRect(isLeftToRight() ? width() - 1 : 0, 0, 1, height()), m_theme.tokens().border);
}

void SideBar::keyPressEvent(QKeyEvent *event)
{
    // Arrows go through the pages; the group would move its check without telling.
    if (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QList<QAbstractButton *> buttons = m_group->buttons();
    const auto index = buttons.indexOf(m_group->checkedButton());
    const auto next = index + (event->key() == Qt::Key_Down ? 1 : -1);
    if (next < 0 || next >= buttons.size())
        return;
    Q_EMIT chosen(static_cast<PageId>(m_group->id(buttons[next])));
    takeFocus();
}

} // namespace Ui
