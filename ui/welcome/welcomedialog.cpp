#include "ui/welcome/welcomedialog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/welcome/stepindicator.h"
#include "ui/welcome/welcomeclient.h"
#include "ui/welcome/welcomekeys.h"
#include "ui/welcome/welcometoken.h"
#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int BRAND = 260;
constexpr int FOOT = 62;
constexpr int MARGIN = 32;

} // namespace

WelcomeDialog::WelcomeDialog(const PageParts &parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_indicator(
          new StepIndicator(parts.theme, {tr("Add keys"), tr("Create a token"), tr("Connect a client")}))
    , m_stack(new QStackedWidget)
    , m_skip(new Button(parts.theme, Button::Kind::Ghost, {}, tr("Skip for now")))
    , m_back(new Button(parts.theme, Button::Kind::Ghost, {}, tr("Back")))
    , m_act(new Button(parts.theme, Button::Kind::Primary, {}, {}))
{
    setWindowTitle(tr("Welcome to Gemini Balance"));
    setWindowModality(Qt::WindowModal);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(900, 560);
    auto *token = new WelcomeToken(parts);
    auto *client = new WelcomeClient(parts, [token] { return token->token(); });
    addStep(new WelcomeKeys(parts));
    addStep(token);
    addStep(client);
    connect(client, &WelcomeClient::clientsRequested, this, [this] {
        accept();
        m_parts.shell.go({.page = PageId::Clients});
    });

    auto *right = new QVBoxLayout;
    right->setContentsMargins(MARGIN, MARGIN, MARGIN, 16);
    right->setSpacing(24);
    right->addWidget(m_indicator);
    right->addWidget(m_stack, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addLayout(right, 1);
    column->addWidget(makeFoot());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeBrand());
    row->addLayout(column, 1);
    connect(&parts.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    show(0);
}

QWidget *WelcomeDialog::makeBrand()
{
    auto *brand = new QWidget;
    brand->setFixedWidth(BRAND);
    auto *mark = new QLabel;
    mark->setPixmap(applicationIcon().pixmap(QSize(60, 60), devicePixelRatioF()));
    auto *name = new TextLabel(m_parts.theme, TextStyle::Heading, &Tokens::text);
    name->setText(tr("Gemini Balance"));
    auto *text = new TextLabel(m_parts.theme, TextStyle::Body, &Tokens::text2);
    text->setText(tr("One address for all your Gemini keys. Any client, no waiting on a spent key."));
    text->setWordWrap(true);
    auto *safe = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    safe->setText(tr("Keys stay on this computer, encrypted."));
    safe->setWordWrap(true);
    auto *column = new QVBoxLayout(brand);
    column->setContentsMargins(MARGIN, MARGIN + 6, 24, 28);
    column->setSpacing(8);
    column->addWidget(mark);
    column->addSpacing(16);
    column->addWidget(name);
    column->addWidget(text);
    column->addStretch();
    column->addWidget(safe);
    return brand;
}

QWidget *WelcomeDialog::makeFoot()
{
    auto *foot = new QWidget;
    foot->setFixedHeight(FOOT);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(MARGIN, 0, MARGIN, 0);
    row->addWidget(m_skip);
    row->addStretch();
    row->addWidget(m_back);
    row->addWidget(m_act);
    m_act->setDefault(true);
    m_skip->setAutoDefault(false);
    m_back->setAutoDefault(false);
    connect(m_skip, &QAbstractButton::clicked, this, &WelcomeDialog::next);
    connect(m_back, &QAbstractButton::clicked, this, [this] { show(m_stack->currentIndex() - 1); });
    connect(m_act, &QAbstractButton::clicked, this,
            [this] { m_steps[static_cast<std::size_t>(m_stack->currentIndex())]->act(); });
    return foot;
}

void WelcomeDialog::addStep(WelcomeStep *step)
{
    m_steps.push_back(step);
    m_stack->addWidget(step);
    connect(step, &WelcomeStep::changed, this, &WelcomeDialog::showButtons);
    connect(step, &WelcomeStep::done, this, &WelcomeDialog::next);
}

void WelcomeDialog::show(int index)
{
    m_stack->setCurrentIndex(index);
    m_indicator->setCurrent(index);
    showButtons();
    m_steps[static_cast<std::size_t>(index)]->enter();
}

void WelcomeDialog::next()
{
    if (m_stack->currentIndex() + 1 < m_stack->count())
        show(m_stack->currentIndex() + 1);
    else
        accept();
}

void WelcomeDialog::showButtons()
{
    const int index = m_stack->currentIndex();
    const WelcomeStep *step = m_steps[static_cast<std::size_t>(index)];
    m_act->setText(step->actText());
    m_act->setEnabled(step->canAct());
    m_back->setVisible(index > 0);
    m_skip->setVisible(index + 1 < m_stack->count());
}

void WelcomeDialog::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_parts.theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), tokens.surface);
    const QRect brand(isLeftToRight() ? 0 : width() - BRAND, 0, BRAND, height());
    painter.fillRect(brand, tokens.side);
    painter.fillRect(QRect(isLeftToRight() ? BRAND - 1 : width() - BRAND, 0, 1, height()), tokens.border);
    const int left = isLeftToRight() ? BRAND : 0;
    painter.fillRect(QRect(left, height() - FOOT, width() - BRAND, 1), tokens.border);
}

} // namespace Ui
