#include "ui/pages/chat/chatoptionsdialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr double USUAL = -0.1; // below 0: the model's own

} // namespace

ChatOptionsDialog::ChatOptionsDialog(const Theme &theme, const ChatClient &client, const QString &system,
                                     const ChatOptions &options, QWidget *parent)
    : Dialog(theme, tr("Chat settings"), parent)
    , m_options(options)
    , m_system(new QPlainTextEdit(system))
    , m_temperature(new QDoubleSpinBox)
    , m_level(new QComboBox)
    , m_dialect(new QComboBox)
{
    resize(480, 460);
    m_system->setTabChangesFocus(true);
    m_system->setMinimumHeight(90);
    m_temperature->setRange(USUAL, 2);
    m_temperature->setSingleStep(0.1);
    m_temperature->setDecimals(1);
    m_temperature->setSpecialValueText(tr("the model's own"));
    m_temperature->setValue(options.temperature < 0 ? USUAL : options.temperature);
    m_level->addItem(tr("the model's own"), QString());
    for (const auto &[id, name] : {std::pair{u"minimal"_s, tr("minimal")}, std::pair{u"low"_s, tr("low")},
                                   std::pair{u"medium"_s, tr("medium")}, std::pair{u"high"_s, tr("high")}})
        m_level->addItem(name, id);
    m_level->setCurrentIndex(std::max(0, m_level->findData(options.thinkingLevel)));
    for (const auto &dialect : client.dialects())
        m_dialect->addItem(dialect->name(), dialect->id());
    m_dialect->setCurrentIndex(std::max(0, m_dialect->findData(options.dialect)));
    addRow(tr("System text"), tr("What the model is told before all."), m_system);
    addRow(tr("Temperature"), tr("Lower is steadier, higher is more varied."), m_temperature);
    addRow(tr("Thinking"), tr("How much it thinks, where Think is on."), m_level);
    addRow(tr("Dialect"), tr("In which client's words the gateway is asked."), m_dialect);
    body()->addStretch();
    addCancel();
    const Button *saveButton = addButton(Button::Kind::Primary, tr("Save"));
    connect(saveButton, &QAbstractButton::clicked, this, &ChatOptionsDialog::save);
}

void ChatOptionsDialog::addRow(const QString &name, const QString &help, QWidget *field)
{
    auto *label = new TextLabel(theme(), TextStyle::Section, &Tokens::text);
    label->setText(name);
    auto *text = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
    text->setText(help);
    field->setAccessibleName(name);
    body()->addWidget(label);
    body()->addWidget(text);
    body()->addWidget(field);
}

void ChatOptionsDialog::save()
{
    m_options.temperature = m_temperature->value() < 0 ? -1 : m_temperature->value();
    m_options.thinkingLevel = m_level->currentData().toString();
    m_options.dialect = m_dialect->currentIndex() == 0 ? QString() : m_dialect->currentData().toString();
    Q_EMIT saved(m_system->toPlainText().trimmed(), m_options);
    accept();
}

} // namespace Ui
