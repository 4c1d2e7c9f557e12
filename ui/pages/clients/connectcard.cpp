#include "ui/pages/clients/connectcard.h"

#include <QComboBox>
#include <QDateTime>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/clients/clientdelegate.h"
#include "ui/pages/clients/clienttest.h"
#include "ui/pages/clients/configplan.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qreal RADIUS = 10;
constexpr int TOKEN_WIDTH = 180;
constexpr int MODEL_WIDTH = 190;
constexpr TokenId NEW_TOKEN = -1;

/// The name and the hint tell those of the setting apart, which all have id 0.
QString keyOf(const TokenView &token)
{
    return token.id ? QString::number(token.id) : QString::fromStdString(token.settings.name);
}

} // namespace

ConnectCard::ConnectCard(const PageParts &parts, const TokenSecrets &secrets, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_secrets(secrets)
    , m_recipe(&clientRecipes().front())
    , m_models({u"gemini-2.5-pro"_s, u"gemini-2.5-flash"_s, u"gemini-2.5-flash-lite"_s})
    , m_tile(new ClientTile(parts.theme))
    , m_name(new TextLabel(parts.theme, TextStyle::Heading, &Tokens::text))
    , m_pill(new Pill(parts.theme))
    , m_sentence(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_guide(new Button(parts.theme, Button::Kind::Ghost, u"external"_s, tr("Guide")))
    , m_modelLabel(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text2))
    , m_smallLabel(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text2))
    , m_token(new QComboBox)
    , m_model(new QComboBox)
    , m_small(new QComboBox)
    , m_segmentRow(new QHBoxLayout)
    , m_path(new TextLabel(parts.theme, TextStyle::Mono, &Tokens::text3))
    , m_copy(new Button(parts.theme, Button::Kind::Ghost, u"copy"_s, QString()))
    , m_code(new CodeView(parts.theme, tr("Settings of the client")))
    , m_note(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text2))
    , m_hint(new InlineResult(parts.theme))
    , m_write(new Button(parts.theme, Button::Kind::Primary, u"edit"_s, tr("Write settings")))
    , m_test(new Button(parts.theme, Button::Kind::Secondary, u"bolt"_s, tr("Test")))
    , m_copyRemark(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_disconnect(new Button(parts.theme, Button::Kind::Danger, {}, tr("Disconnect")))
    , m_result(new InlineResult(parts.theme))
    , m_tester(new ClientTest(parts.control, this))
{
    build();
    connect(m_token, &QComboBox::activated, this, [this] {
        if (m_token->currentData().toLongLong() == NEW_TOKEN) {
            fillTokens();
            Q_EMIT newTokenRequested(QString::fromLatin1(m_recipe->id));
            return;
        }
        m_result->hide();
        showHeader();
        showView();
    });
    for (QComboBox *box : {m_model, m_small}) {
        connect(box, &QComboBox::currentTextChanged, this, [this] {
            if (!m_isFilling)
                showView();
        });
    }
    connect(m_tester, &ClientTest::finished, this, &ConnectCard::showVerdict);
    connect(m_tester, &ClientTest::keyKnown, this,
            [this](const QString &text) { m_result->showResult(InlineResult::Kind::Good, text); });
    connect(&parts.theme, &Theme::changed, this, &ConnectCard::showView);
    askForModels();
}

ConnectCard::~ConnectCard() = default;

void ConnectCard::build()
{
    m_segmentRow->setSpacing(12);
    m_segmentRow->addWidget(m_path, 1);
    m_segmentRow->addWidget(m_copy);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_path->setMinimumWidth(1);
    m_copy->setAccessibleName(tr("Copy what is shown"));
    m_copy->setToolTip(tr("Copy what is shown"));
    connect(m_copy, &QAbstractButton::clicked, this, &ConnectCard::copyShown);
    m_note->setWordWrap(true);
    m_sentence->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(12);
    column->addLayout(buildHeader());
    column->addLayout(buildChoices());
    column->addLayout(m_segmentRow);
    column->addWidget(m_code);
    column->addWidget(m_note);
    column->addWidget(m_hint);
    column->addLayout(buildActs());
    column->addWidget(m_result);
    column->addStretch(1);
}

QHBoxLayout *ConnectCard::buildHeader()
{
    auto *title = new QHBoxLayout;
    title->setSpacing(10);
    title->addWidget(m_name);
    title->addWidget(m_pill);
    title->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addLayout(title);
    texts->addWidget(m_sentence);
    m_guide->setSmall(true);
    connect(m_guide, &QAbstractButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl(QString::fromUtf8(m_recipe->guide))); });
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_tile);
    row->addLayout(texts, 1);
    row->addWidget(m_guide);
    return row;
}

QWidget *ConnectCard::choice(TextLabel *label, QComboBox *box)
{
    auto *group = new QWidget;
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    label->setBuddy(box);
    column->addWidget(label);
    column->addWidget(box);
    return group;
}

QHBoxLayout *ConnectCard::buildChoices()
{
    auto *tokenLabel = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text2);
    tokenLabel->setText(tr("Token"));
    m_token->setAccessibleName(tr("Token"));
    m_token->setMaximumWidth(TOKEN_WIDTH);
    for (QComboBox *box : {m_model, m_small}) {
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->setMaximumWidth(MODEL_WIDTH);
        box->setMinimumContentsLength(8);
    }
    m_token->setMinimumContentsLength(8);
    m_smallChoice = choice(m_smallLabel, m_small);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(choice(tokenLabel, m_token), TOKEN_WIDTH);
    row->addWidget(choice(m_modelLabel, m_model), MODEL_WIDTH);
    row->addWidget(m_smallChoice, MODEL_WIDTH);
    row->addStretch(100);
    return row;
}

QHBoxLayout *ConnectCard::buildActs()
{
    m_copyRemark->setText(tr("A copy of the old file is kept."));
    connect(m_write, &QAbstractButton::clicked, this,
            [this] { write(m_plan->connected(filling(false)), tr("Settings written")); });
    connect(m_disconnect, &QAbstractButton::clicked, this,
            [this] { write(m_plan->disconnected(), tr("Settings taken out")); });
    connect(m_test, &QAbstractButton::clicked, this, &ConnectCard::runTest);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_write);
    row->addWidget(m_test);
    row->addWidget(m_copyRemark, 1);
    row->addStretch();
    row->addWidget(m_disconnect);
    return row;
}

void ConnectCard::askForModels()
{
    m_parts.control.serving().models({this, [this](const Result<std::vector<ModelView>> &models) {
                                          if (!models)
                                              return;
                                          for (const ModelView &model : *models) {
                                              const QString name = QString::fromStdString(model.name);
                                              if (!m_models.contains(name))
                                                  m_models += name;
                                          }
                                          fillModels();
                                      }});
}

void ConnectCard::showClient(const ClientRecipe &recipe, const ClientSurroundings &surroundings)
{
    m_tester->cancel();
    m_result->hide();
    m_recipe = &recipe;
    m_surroundings = surroundings;
    m_plan = recipe.isWritable() ? std::make_unique<ConfigPlan>(recipe, surroundings.places) : nullptr;
    m_token->clear();
    m_model->clear();
    m_small->clear();
    buildSegments();
    fillModels();
    refresh(surroundings);
}

void ConnectCard::refresh(const ClientSurroundings &surroundings)
{
    m_surroundings = surroundings;
    m_state = clientState(*m_recipe, surroundings);
    if (m_recipe->isWritable())
        m_plan = std::make_unique<ConfigPlan>(*m_recipe, surroundings.places);
    fillTokens();
    showHeader();
    showView();
}

void ConnectCard::buildSegments()
{
    m_views.clear();
    QStringList names;
    if (m_recipe->isWritable()) {
        m_views.push_back(View::Write);
        names += tr("Write it for me");
    }
    m_views.push_back(View::Snippet);
    names += tr("Snippet");
    if (!m_recipe->environment.empty()) {
        m_views.push_back(View::Environment);
        names += tr("Environment");
    }
    m_view = m_views.front();
    if (m_segments) {
        m_segments->hide();
        m_segments->deleteLater();
    }
    m_segments = new Segmented(m_parts.theme, tr("Form of the settings"), names);
    m_segmentRow->insertWidget(0, m_segments);
    setTabOrder(m_segments, m_copy);
    connect(m_segments, &Segmented::chosen, this, [this](int index) {
        m_view = m_views[static_cast<std::size_t>(index)];
        showView();
    });
}

void ConnectCard::fillTokens()
{
    const QString before = m_token->currentData(Qt::UserRole + 1).toString();
    m_token->clear();
    for (const TokenView &candidate : m_surroundings.tokens) {
        m_token->addItem(QString::fromStdString(candidate.settings.name),
                         QVariant::fromValue<qlonglong>(candidate.id));
        m_token->setItemData(m_token->count() - 1, keyOf(candidate), Qt::UserRole + 1);
    }
    if (m_token->count() > 0)
        m_token->insertSeparator(m_token->count());
    m_token->addItem(tr("New token…"), QVariant::fromValue<qlonglong>(NEW_TOKEN));
    int index = before.isEmpty() ? -1 : m_token->findData(before, Qt::UserRole + 1);
    if (index < 0) {
        const TokenView *fitting = tokenOfClient(*m_recipe, m_surroundings);
        index = fitting ? m_token->findData(keyOf(*fitting), Qt::UserRole + 1) : -1;
    }
    m_token->setCurrentIndex(index);
    m_token->setPlaceholderText(tr("No token"));
}

void ConnectCard::chooseToken(TokenId id)
{
    const int index = m_token->findData(QVariant::fromValue<qlonglong>(id));
    if (index < 0)
        return;
    m_token->setCurrentIndex(index);
    showHeader();
    showView();
}

void ConnectCard::fillModels()
{
    m_isFilling = true;
    m_modelLabel->setText(recipeText(m_recipe->modelLabel));
    m_smallLabel->setText(recipeText(m_recipe->smallModelLabel));
    m_smallChoice->setVisible(m_recipe->smallModelLabel != nullptr);
    const auto fill = [this](QComboBox *box, const char *placeholder, const QString &standard) {
        QString wanted = box->currentText();
        if (wanted.isEmpty() && m_plan)
            wanted = m_plan->model(placeholder);
        box->clear();
        box->addItems(m_models);
        box->setEditText(wanted.isEmpty() ? standard : wanted);
    };
    fill(m_model, "{model}", m_models.at(0));
    fill(m_small, "{small}", m_models.at(1));
    m_model->setAccessibleName(m_modelLabel->text());
    m_small->setAccessibleName(m_smallLabel->text());
    m_isFilling = false;
}

const TokenView *ConnectCard::token() const
{
    const QString key = m_token->currentData(Qt::UserRole + 1).toString();
    for (const TokenView &candidate : m_surroundings.tokens) {
        if (!key.isEmpty() && keyOf(candidate) == key)
            return &candidate;
    }
    return nullptr;
}

std::optional<QString> ConnectCard::secret() const
{
    const TokenView *chosen = token();
    if (!chosen)
        return std::nullopt;
    if (const auto known = m_secrets.find(chosen->id); chosen->id != 0 && known != m_secrets.end())
        return QString::fromStdString(known->second.reveal());
    const ClientFile file = clientFile(*m_recipe, m_surroundings.places);
    const QString hint = QString::fromStdString(chosen->hint);
    if (!hint.isEmpty() && isSameServer(file.address, m_surroundings.address) && file.token.endsWith(hint))
        return file.token;
    return std::nullopt;
}

/// As it is shown the token is masked; where it is not known, its end stands for it.
Filling ConnectCard::filling(bool isShown) const
{
    const std::optional<QString> known = secret();
    const TokenView *chosen = token();
    QString text =
        known.value_or(chosen ? u"gb-…"_s + QString::fromStdString(chosen->hint) : u"YOUR-TOKEN"_s);
    if (isShown && known)
        text = QString::fromStdString(maskSecret(text.toStdString()));
    return {m_surroundings.address, text, m_model->currentText().trimmed(), m_small->currentText().trimmed()};
}

void ConnectCard::showHeader()
{
    m_tile->setLetters(QString::fromUtf8(m_recipe->letters));
    m_name->setText(QString::fromUtf8(m_recipe->name));
    const QString word = stateText(m_state);
    m_pill->setVisible(!word.isEmpty());
    if (m_state == ClientState::Connected)
        m_pill->setLook({PillKind::Ok, u"ok"_s, word});
    else if (m_state == ClientState::OldToken)
        m_pill->setLook({PillKind::Warn, u"warning"_s, word});
    else
        m_pill->setLook({PillKind::Idle, QString(), word});
    QString sentence = dialectSentence(m_recipe->dialect);
    const TokenView *chosen = token();
    if (m_state == ClientState::Connected && chosen && chosen->use.lastUsedMs > 0)
        sentence += u' ' + tr("Last request with this token %1.")
                               .arg(agoText(chosen->use.lastUsedMs, QDateTime::currentMSecsSinceEpoch()));
    m_sentence->setText(sentence);
    m_guide->setVisible(m_recipe->guide != nullptr);
    m_note->setText(recipeText(m_recipe->note));
    m_note->setVisible(m_recipe->note != nullptr);
    m_disconnect->setVisible(m_recipe->isWritable() &&
                             (m_state == ClientState::Connected || m_state == ClientState::OldToken));
}

void ConnectCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_parts.theme.tokens().border);
    painter.setBrush(m_parts.theme.tokens().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
}

} // namespace Ui
