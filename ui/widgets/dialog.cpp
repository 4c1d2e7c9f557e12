#include "ui/widgets/dialog.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QPainter>

#include "ui/widgets/textlabel.h"

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int FOOT = 60;
constexpr int CONFIRM_WIDTH = 420;

} // namespace

Dialog::Dialog(const Theme &theme, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_body(new QVBoxLayout)
    , m_footLeft(new QHBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    setWindowTitle(title);
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    m_body->setContentsMargins(MARGIN, MARGIN, MARGIN, 16);
    m_body->setSpacing(12);
    m_buttons->setSpacing(8);
    auto *foot = new QWidget;
    foot->setMinimumHeight(FOOT);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(MARGIN, 0, MARGIN, 0);
    row->addLayout(m_footLeft);
    row->addStretch(1);
    row->addLayout(m_buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_body, 1);
    column->addWidget(foot);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

Button *Dialog::addButton(Button::Kind kind, const QString &text)
{
    auto *button = new Button(m_theme, kind, {}, text);
    // What cannot be undone is never what Enter does.
    button->setAutoDefault(kind != Button::Kind::DangerFilled);
    button->setDefault(kind == Button::Kind::Primary);
    m_buttons->addWidget(button);
    int widest = 0;
    for (int i = 0; i < m_buttons->count(); ++i)
        widest = std::max(widest, m_buttons->itemAt(i)->widget()->sizeHint().width());
    for (int i = 0; i < m_buttons->count(); ++i)
        m_buttons->itemAt(i)->widget()->setMinimumWidth(widest);
    return button;
}

Button *Dialog::addCancel()
{
    Button *button = addButton(Button::Kind::Secondary, tr("Cancel"));
    connect(button, &QAbstractButton::clicked, this, &QDialog::reject);
    return button;
}

void Dialog::fitHeight()
{
    layout()->activate();
    resize(width(),
           layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : sizeHint().height());
}

void Dialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(QRect(0, height() - FOOT, width(), 1), m_theme.tokens().border);
}

void askToConfirm(const Theme &theme, QWidget *parent, const QString &question, const QString &consequence,
                  const QString &act, std::function<void()> confirmed)
{
    auto *dialog = new Dialog(theme, question, parent);
    dialog->setFixedWidth(CONFIRM_WIDTH);
    auto *heading = new TextLabel(theme, TextStyle::Heading, &Tokens::text);
    heading->setText(question);
    heading->setWordWrap(true);
    auto *text = new TextLabel(theme, TextStyle::Body, &Tokens::text2);
    text->setText(consequence);
    text->setWordWrap(true);
    dialog->body()->addWidget(heading);
    dialog->body()->addWidget(text);
    dialog->body()->addStretch();
    dialog->addCancel()->setFocus();
    const Button *danger = dialog->addButton(Button::Kind::DangerFilled, act);
    QObject::connect(danger, &QAbstractButton::clicked, dialog, [dialog, done = std::move(confirmed)] {
        dialog->accept();
        done();
    });
    dialog->open();
}

} // namespace Ui
