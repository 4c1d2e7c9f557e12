#include "ui/pages/clients/tokendialog.h"

#include <array>

#include <QComboBox>
#include <QDateEdit>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/pages/clients/chipsedit.h"
#include "ui/pages/clients/limitfield.h"
#include "ui/pages/clients/tokentexts.h"
#include "ui/text/dialecttext.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 480;
constexpr int GAP = 12;
constexpr std::int64_t MICRO = 1'000'000;
constexpr int NEVER = 0;
constexpr int ON_A_DATE = -1;

std::vector<std::string> standardTexts(const QStringList &words)
{
    std::vector<std::string> texts;
    for (const QString &word : words)
        texts.push_back(word.toStdString());
    return texts;
}

QStringList words(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += QString::fromStdString(text);
    return list;
}

/// What differs from before, for a patch that leaves the rest to others.
TokenPatch patchBetween(const TokenSettings &before, const TokenSettings &after)
{
    TokenPatch patch;
    const auto set = [](auto &member, const auto &old, const auto &fresh) {
        if (old != fresh)
            member = fresh;
    };
    set(patch.name, before.name, after.name);
    set(patch.note, before.note, after.note);
    set(patch.expiresMs, before.expiresMs, after.expiresMs);
    set(patch.allowedModels, before.allowedModels, after.allowedModels);
    set(patch.allowedDialects, before.allowedDialects, after.allowedDialects);
    set(patch.tags, before.tags, after.tags);
    set(patch.networks, before.networks, after.networks);
    set(patch.parameters, before.parameters, after.parameters);
    set(patch.minuteRequests, before.limits.minuteRequests, after.limits.minuteRequests);
    set(patch.minuteTokens, before.limits.minuteTokens, after.limits.minuteTokens);
    set(patch.dayRequests, before.limits.dayRequests, after.limits.dayRequests);
    set(patch.dayTokens, before.limits.dayTokens, after.limits.dayTokens);
    set(patch.monthMicroUsd, before.limits.monthMicroUsd, after.limits.monthMicroUsd);
    return patch;
}

} // namespace

TokenDialog::TokenDialog(const Theme &theme, Control &control, const QString &name, QWidget *parent)
    : TokenDialog(theme, control, std::nullopt, name, parent)
{
}

TokenDialog::TokenDialog(const Theme &theme, Control &control, const TokenView &token, QWidget *parent)
    : TokenDialog(theme, control, token, QString(), parent)
{
}

TokenDialog::TokenDialog(const Theme &theme, Control &control, const std::optional<TokenView> &token,
                         const QString &name, QWidget *parent)
    : Dialog(theme, token ? tr("Edit limits") : tr("New token"), parent)
    , m_control(control)
    , m_token(token)
    , m_name(new QLineEdit)
    , m_note(new QLineEdit)
    , m_models(new ChipsEdit(theme, tr("Models")))
    , m_tags(new ChipsEdit(theme, tr("Key tags")))
    , m_networks(new ChipsEdit(theme, tr("Networks")))
    , m_parameters(new QLineEdit)
    , m_parametersError(new InlineResult(theme))
    , m_minuteRequests(new LimitField(1))
    , m_dayRequests(new LimitField(1))
    , m_minuteTokens(new LimitField(1))
    , m_dayTokens(new LimitField(1))
    , m_monthDollars(new LimitField(MICRO))
    , m_expiry(new QComboBox)
    , m_date(new QDateEdit)
    , m_more(new QWidget)
    , m_moreButton(new Button(theme, Button::Kind::Ghost, u"chevron-down"_s, tr("More settings")))
    , m_error(new InlineResult(theme))
{
    setMinimumWidth(WIDTH);
    resize(WIDTH, height());
    buildFields();
    buildMore();
    TokenSettings settings = token ? token->settings : TokenSettings{};
    if (!token)
        settings.name = name.toStdString();
    fill(settings);
    addCancel();
    m_submit = addButton(Button::Kind::Primary, token ? tr("Save") : tr("Create token"));
    m_submit->setDefault(true);
    connect(m_submit, &QAbstractButton::clicked, this, &TokenDialog::submit);
    m_error->hide();
    askForModels();
    m_name->setFocus();
    m_name->selectAll();
}

/// Label above, field, hint below; the label is the field's name for screen readers.
QWidget *TokenDialog::labelled(const QString &label, QWidget *field, const QString &hint)
{
    auto *group = new QWidget;
    auto *column = new QVBoxLayout(group);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *name = new TextLabel(theme(), TextStyle::Small, &Tokens::text2);
    name->setText(label);
    name->setBuddy(field);
    column->addWidget(name);
    column->addWidget(field);
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(label);
    if (!hint.isEmpty()) {
        auto *remark = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
        remark->setText(hint);
        remark->setWordWrap(true);
        column->addWidget(remark);
    }
    return group;
}

void TokenDialog::buildFields()
{
    m_expiry->addItem(tr("Never"), NEVER);
    m_expiry->addItem(tr("In %n day(s)", nullptr, 7), 7);
    m_expiry->addItem(tr("In %n day(s)", nullptr, 30), 30);
    m_expiry->addItem(tr("In %n day(s)", nullptr, 90), 90);
    m_expiry->addItem(tr("In a year"), 365);
    m_expiry->addItem(tr("At the end of a day…"), ON_A_DATE);
    m_date->setCalendarPopup(true);
    m_date->setMinimumDate(QDate::currentDate());
    m_date->setAccessibleName(tr("Last day"));
    connect(m_expiry, &QComboBox::currentIndexChanged, this,
            [this] { m_date->setVisible(m_expiry->currentData().toInt() == ON_A_DATE); });
    auto *expiry = new QWidget;
    auto *expiryColumn = new QVBoxLayout(expiry);
    expiryColumn->setContentsMargins(0, 0, 0, 0);
    expiryColumn->setSpacing(6);
    expiryColumn->addWidget(m_expiry);
    expiryColumn->addWidget(m_date);
    expiry->setFocusProxy(m_expiry);
    m_expiry->setAccessibleName(tr("Expires"));

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(GAP);
    grid->setVerticalSpacing(GAP);
    grid->addWidget(labelled(tr("Requests per minute"), m_minuteRequests), 0, 0);
    grid->addWidget(labelled(tr("Requests per day"), m_dayRequests), 0, 1);
    grid->addWidget(labelled(tr("Tokens per day"), m_dayTokens), 1, 0, Qt::AlignTop);
    grid->addWidget(labelled(tr("Expires"), expiry), 1, 1, Qt::AlignTop);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    body()->setSpacing(GAP);
    body()->addWidget(labelled(tr("Name"), m_name));
    body()->addWidget(labelled(tr("Models"), m_models, tr("None chosen means any model.")));
    body()->addLayout(grid);
}

void TokenDialog::buildMore()
{
    auto *dialects = new QWidget;
    auto *flow = new FlowLayout(6, dialects);
    for (const Dialect dialect : {Dialect::OpenAi, Dialect::Gemini, Dialect::Anthropic, Dialect::Ollama}) {
        auto *chip = new Chip(theme(), dialectText(dialect));
        chip->setCheckable(true);
        flow->addWidget(chip);
        m_dialects.emplace_back(dialect, chip);
    }
    auto *grid = new QGridLayout(m_more);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(GAP);
    grid->setVerticalSpacing(GAP);
    grid->addWidget(labelled(tr("Tokens per minute"), m_minuteTokens), 0, 0);
    grid->addWidget(labelled(tr("US dollars per month"), m_monthDollars), 0, 1);
    grid->addWidget(labelled(tr("Dialects"), dialects, tr("None chosen means all of them.")), 1, 0, 1, 2);
    grid->addWidget(labelled(tr("Key tags"), m_tags, tr("Only keys that carry all of these.")), 2, 0,
                    Qt::AlignTop);
    grid->addWidget(labelled(tr("Networks"), m_networks, tr("As 10.0.0.0/8; none means any.")), 2, 1,
                    Qt::AlignTop);
    grid->addWidget(buildParameters(), 3, 0, 1, 2);
    grid->addWidget(labelled(tr("Note"), m_note), 4, 0, 1, 2);
    m_moreButton->setCheckable(true);
    connect(m_moreButton, &QAbstractButton::toggled, this, &TokenDialog::showMore);
    body()->addWidget(m_moreButton, 0, Qt::AlignLeft);
    body()->addWidget(m_more);
    body()->addWidget(m_error);
    body()->addStretch(1);
}

/// What is wrong with them is told below them, until they are edited.
QWidget *TokenDialog::buildParameters()
{
    m_parameters->setObjectName(u"parameters"_s);
    m_parameters->setPlaceholderText(u"thinking=low; search"_s);
    m_parameters->setToolTip(tr(
        "Between semicolons: thinking, temperature, max_tokens, search, url_context, code_execution, safety, "
        "system_before and system_after with a text in quotes, headers=\"NAME: VALUE\" for the calls to "
        "Google. With ! behind a value it counts also where the client says otherwise."));
    m_parametersError->hide();
    QWidget *group = labelled(tr("Parameters"), m_parameters,
                              tr("What its requests are given, written as behind an alias of a model."));
    group->layout()->addWidget(m_parametersError);
    connect(m_parameters, &QLineEdit::textEdited, m_parametersError, &QWidget::hide);
    return group;
}

void TokenDialog::showMore(bool isShown)
{
    m_more->setVisible(isShown);
    m_moreButton->setIconName(isShown ? u"chevron-up"_s : u"chevron-down"_s);
    m_moreButton->setText(isShown ? tr("Fewer settings") : tr("More settings"));
    fitHeight();
}

void TokenDialog::fill(const TokenSettings &settings)
{
    m_name->setText(QString::fromStdString(settings.name));
    m_note->setText(QString::fromStdString(settings.note));
    m_models->setWords(words(settings.allowedModels));
    m_tags->setWords(words(settings.tags));
    m_networks->setWords(words(settings.networks));
    m_parameters->setText(QString::fromStdString(settings.parameters));
    m_minuteRequests->setLimit(settings.limits.minuteRequests);
    m_minuteTokens->setLimit(settings.limits.minuteTokens);
    m_dayRequests->setLimit(settings.limits.dayRequests);
    m_dayTokens->setLimit(settings.limits.dayTokens);
    m_monthDollars->setLimit(settings.limits.monthMicroUsd);
    for (const auto &[dialect, chip] : m_dialects)
        chip->setChecked(std::find(settings.allowedDialects.begin(), settings.allowedDialects.end(),
                                   dialect) != settings.allowedDialects.end());
    const QDate date = settings.expiresMs ? QDateTime::fromMSecsSinceEpoch(settings.expiresMs).date()
                                          : QDate::currentDate().addMonths(1);
    if (date < m_date->minimumDate())
        m_date->setMinimumDate(date);
    m_date->setDate(date);
    m_expiry->setCurrentIndex(m_expiry->findData(settings.expiresMs ? ON_A_DATE : NEVER));
    m_date->setVisible(settings.expiresMs != 0);
    const bool hasMore = settings.limits.minuteTokens || settings.limits.monthMicroUsd ||
                         !settings.tags.empty() || !settings.networks.empty() ||
                         !settings.allowedDialects.empty() || !settings.parameters.empty() ||
                         !settings.note.empty();
    m_moreButton->setChecked(hasMore);
    showMore(hasMore);
}

void TokenDialog::askForModels()
{
    m_control.serving().models({this, [this](const Result<std::vector<ModelView>> &models) {
                                    if (!models)
                                        return;
                                    QStringList names;
                                    for (const ModelView &model : *models)
                                        names += QString::fromStdString(model.name);
                                    m_models->setSuggestions(names);
                                }});
}

std::optional<TokenSettings> TokenDialog::settings()
{
    TokenSettings settings = m_token ? m_token->settings : TokenSettings{};
    settings.name = m_name->text().trimmed().toStdString();
    if (settings.name.empty()) {
        m_name->setFocus();
        showError(tr("A token needs a name."));
        return std::nullopt;
    }
    const std::array limits{std::pair{m_minuteRequests, &settings.limits.minuteRequests},
                            std::pair{m_dayRequests, &settings.limits.dayRequests},
                            std::pair{m_minuteTokens, &settings.limits.minuteTokens},
                            std::pair{m_dayTokens, &settings.limits.dayTokens},
                            std::pair{m_monthDollars, &settings.limits.monthMicroUsd}};
    for (const auto &[field, limit] : limits) {
        const std::optional<std::int64_t> value = field->limit();
        if (!value) {
            field->setFocus();
            showError(tr("%1: a number from 1 on, or nothing for no limit.").arg(field->accessibleName()));
            return std::nullopt;
        }
        *limit = *value;
    }
    settings.note = m_note->text().trimmed().toStdString();
    settings.allowedModels = standardTexts(m_models->words());
    settings.tags = standardTexts(m_tags->words());
    settings.networks = standardTexts(m_networks->words());
    settings.parameters = m_parameters->text().trimmed().toStdString();
    settings.allowedDialects.clear();
    for (const auto &[dialect, chip] : m_dialects) {
        if (chip->isChecked())
            settings.allowedDialects.push_back(dialect);
    }
    const int days = m_expiry->currentData().toInt();
    const QDate last = days == ON_A_DATE ? m_date->date() : QDate::currentDate().addDays(days);
    settings.expiresMs = days == NEVER ? 0 : last.endOfDay().toMSecsSinceEpoch();
    return settings;
}

void TokenDialog::submit()
{
    const std::optional<TokenSettings> wanted = settings();
    if (!wanted)
        return;
    m_submit->setEnabled(false);
    m_error->hide();
    m_parametersError->hide();
    const auto failed = [this](const Error &error) {
        m_submit->setEnabled(true);
        showRefusal(error);
    };
    if (m_token) {
        m_control.tokens().patch(m_token->id, patchBetween(m_token->settings, *wanted),
                                 {this, [this, failed](const Result<TokenView> &token) {
                                      if (!token)
                                          return failed(token.error());
                                      accept();
                                      Q_EMIT edited(*token);
                                  }});
        return;
    }
    m_control.tokens().create(*wanted, {this, [this, failed](const Result<IssuedToken> &token) {
                                            if (!token)
                                                return failed(token.error());
                                            accept();
                                            Q_EMIT issued(*token);
                                        }});
}

/// Beside the field that the gateway names, where that has a place for it.
void TokenDialog::showRefusal(const Error &error)
{
    if (error.param != "parameters")
        return showError(QString::fromStdString(error.text));
    m_moreButton->setChecked(true);
    m_parametersError->showResult(InlineResult::Kind::Bad, QString::fromStdString(error.text));
    m_parameters->setFocus();
    fitHeight();
}

void TokenDialog::showError(const QString &text)
{
    m_error->showResult(InlineResult::Kind::Bad, text);
}

} // namespace Ui
