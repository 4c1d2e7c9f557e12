// How the pane is laid out: the second part of KeyPane.
#include <algorithm>

#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QLocale>
#include <QTimer>

#include "ui/frame/shell.h"
#include "ui/pages/keys/daychart.h"
#include "ui/pages/keys/keyerrors.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keywords.h"
#include "ui/pages/keys/modelrows.h"
#include "ui/pages/keys/namefield.h"
#include "ui/pages/keys/secretrow.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 312;
constexpr int LEAST_WIDTH = 280;

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += QString::fromStdString(text);
    return list.join(u", "_s);
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"–"_s : text;
}

QString limitText(std::int64_t limit)
{
    return limit > 0 ? countText(limit) : u"–"_s;
}

/// A hairline across the pane.
class Hairline final : public QWidget
{
public:
    explicit Hairline(const Theme &theme)
    {
        setFixedHeight(1);
        setAutoFillBackground(true);
        const auto color = [this, &theme] {
            QPalette own = palette();
            own.setColor(QPalette::Window, theme.tokens().border);
            setPalette(own);
        };
        connect(&theme, &Theme::changed, this, color);
        color();
    }
};

} // namespace

KeyPane::KeyPane(const PageParts &parts, KeyModel &model, KeyActs &acts, QWidget *parent)
    : DetailsPane(parts.theme, WIDTH, LEAST_WIDTH, parent)
    , m_parts(parts)
    , m_model(model)
    , m_acts(acts)
    , m_tick(new QTimer(this))
{
    setAccessibleName(tr("Details of the key"));
    addHead();
    addState();
    addLine();
    addModels();
    addLine();
    addDay();
    addLine();
    addErrors();
    addLine();
    addSettings();
    body()->addStretch();
    addFoot();
    constexpr int second = 1000;
    m_tick->setInterval(second);
    connect(m_tick, &QTimer::timeout, this, [this] {
        showState();
        m_models->tick();
        askForHistory();
    });
    connect(&model, &KeyModel::keysTouched, this, [this](const std::vector<KeyId> &ids) {
        const bool isMeant = std::find(ids.begin(), ids.end(), m_key.id) != ids.end();
        if (isVisible() && isMeant && m_model.find(m_key.id))
            ask();
    });
}

void KeyPane::addHead()
{
    m_name = new NameField(m_parts.theme);
    auto *pen = new Button(m_parts.theme, Button::Kind::Ghost, u"edit"_s, {});
    pen->setAccessibleName(tr("Rename"));
    pen->setToolTip(tr("Rename (F2)"));
    header()->addWidget(m_name, 1);
    header()->addWidget(pen, 0, Qt::AlignTop);
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(pen);
    connect(pen, &QAbstractButton::clicked, this, &KeyPane::editName);
    connect(m_name, &NameField::renamed, this, &KeyPane::rename);
}

void KeyPane::addState()
{
    m_pill = new Pill(m_parts.theme);
    m_back = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text2);
    m_reason = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::badText);
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reason->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_secret = new SecretRow(m_parts);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_pill);
    row->addWidget(m_back);
    row->addStretch();
    body()->addLayout(row);
    body()->addWidget(m_reason);
    body()->addWidget(m_secret);
    connect(m_secret, &SecretRow::copyRequested, this, [this] { m_acts.copyInFull(m_key.id); });
}

void KeyPane::addLine()
{
    body()->addSpacing(4);
    body()->addWidget(new Hairline(m_parts.theme));
    body()->addSpacing(4);
}

TextLabel *KeyPane::addSection(const QString &title, const QString &remark)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *head = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    head->setText(title);
    auto *more = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    more->setText(remark);
    row->addWidget(head);
    row->addWidget(more);
    row->addStretch();
    body()->addLayout(row);
    return more;
}

void KeyPane::addModels()
{
    addSection(tr("Models"), tr("minute, day"));
    m_models = new ModelRows(m_parts.theme);
    m_noModels = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    m_noModels->setText(tr("No model was asked with this key yet."));
    m_noModels->setWordWrap(true);
    m_noModels->hide();
    body()->addWidget(m_models);
    body()->addWidget(m_noModels);
}

void KeyPane::addDay()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    auto *head = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    head->setText(tr("Calls, last 24 h"));
    m_calls = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    m_failed = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::badText);
    m_lately = new TextLabel(m_parts.theme, TextStyle::Caption, &Tokens::text3);
    m_lately->setWordWrap(true);
    m_chart = new DayChart(m_parts.theme);
    row->addWidget(head);
    row->addStretch();
    row->addWidget(m_calls);
    row->addWidget(m_failed);
    body()->addLayout(row);
    body()->addWidget(m_chart);
    body()->addWidget(m_lately);
}

void KeyPane::addErrors()
{
    addSection(tr("Last errors"), tr("in Google’s words"));
    m_errors = new KeyErrors(m_parts.theme, m_parts.control);
    body()->addWidget(m_errors);
}

TextLabel *KeyPane::addFact(const QString &name)
{
    auto *label = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    label->setText(name);
    auto *value = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text);
    value->setWordWrap(true);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setSizePolicy(QSizePolicy::Ignored,
                         QSizePolicy::Preferred); // a long word is no reason to get wide
    m_facts->addRow(label, value);
    m_values.push_back(value);
    return value;
}

void KeyPane::addSettings()
{
    auto *row = new QHBoxLayout;
    auto *head = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    head->setText(tr("Settings"));
    auto *edit = new Button(m_parts.theme, Button::Kind::Link, {}, tr("Edit"));
    edit->setSmall(true);
    edit->setAccessibleName(tr("Edit the settings of the key"));
    row->addWidget(head);
    row->addStretch();
    row->addWidget(edit);
    body()->addLayout(row);
    m_facts = new QFormLayout;
    m_facts->setHorizontalSpacing(12);
    m_facts->setVerticalSpacing(4);
    m_facts->setLabelAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_facts->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    body()->addLayout(m_facts);
    for (const QString &name :
         {tr("Project"), tr("Tags"), tr("Note"), tr("Priority"), tr("Weight"), tr("Tier"), tr("Kind"),
          tr("Requests per minute"), tr("Input tokens per minute"), tr("Requests per day"),
          tr("Allowed models"), tr("Denied models"), tr("Proxy"), tr("Added"), tr("Last checked"),
          tr("Calls ever"), tr("In flight")})
        addFact(name);
    connect(edit, &QAbstractButton::clicked, this, &KeyPane::edit);
}

void KeyPane::showSettings()
{
    const KeySettings &settings = m_key.settings;
    const QString tier = settings.tier == KeyTier::Paid   ? tr("paid")
                         : settings.tier == KeyTier::Free ? tr("free")
                                                          : tr("not known");
    const QStringList values = {
        orDash(QString::fromStdString(settings.project)),
        orDash(joined(settings.tags)),
        orDash(QString::fromStdString(settings.note)),
        QLocale().toString(settings.priority),
        QLocale().toString(settings.weight),
        tier,
        settings.kind == KeyKind::Vertex ? tr("Vertex AI, express mode") : tr("Gemini API"),
        limitText(settings.minuteRequests),
        limitText(settings.minuteTokens),
        limitText(settings.dayRequests),
        settings.allowedModels.empty() ? tr("all") : joined(settings.allowedModels),
        settings.deniedModels.empty() ? tr("none") : joined(settings.deniedModels),
        settings.proxy.empty() ? tr("as in Settings") : withoutPassword(settings.proxy),
        m_key.createdMs > 0 ? fullMomentText(m_key.createdMs) : u"–"_s,
        m_key.lastCheckedMs > 0 ? fullMomentText(m_key.lastCheckedMs) : tr("never"),
        tr("%1, %2 failed").arg(countText(m_key.calls), countText(m_key.failedCalls)),
        countText(m_key.inFlight),
    };
    for (qsizetype i = 0; i < values.size(); ++i)
        m_values[static_cast<std::size_t>(i)]->setText(values[i]);
}

void KeyPane::addFoot()
{
    auto *check = new Button(m_parts.theme, Button::Kind::Secondary, u"refresh"_s, tr("Check now"));
    auto *again = new Button(m_parts.theme, Button::Kind::Secondary, u"play"_s, tr("Use again"));
    m_more = new Button(m_parts.theme, Button::Kind::Ghost, u"more"_s, {});
    m_more->setAccessibleName(tr("More acts"));
    m_more->setToolTip(m_more->accessibleName());
    foot()->addWidget(check);
    foot()->addWidget(again);
    foot()->addStretch();
    foot()->addWidget(m_more);
    connect(check, &QAbstractButton::clicked, this, [this] { m_acts.check({m_key.id}); });
    connect(again, &QAbstractButton::clicked, this, [this] { m_acts.useAgain({m_key.id}); });
    connect(m_more, &QAbstractButton::clicked, this, &KeyPane::openMenu);
}

} // namespace Ui
