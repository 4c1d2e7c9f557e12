#include "ui/pages/keys/keyeditdialog.h"

#include <algorithm>
#include <limits>

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>

#include "ui/widgets/inlineresult.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QSize SIZE{560, 700};
constexpr int NOTE_HEIGHT = 64;

QString joined(const std::vector<std::string> &texts)
{
    QStringList list;
    for (const std::string &text : texts)
        list += QString::fromStdString(text);
    return list.join(u", "_s);
}

/// Sorted and each once, as the gateway keeps them.
std::vector<std::string> listed(const QString &text)
{
    static const QRegularExpression between(u"[,;\n]+"_s);
    std::vector<std::string> list;
    for (const QString &piece : text.split(between, Qt::SkipEmptyParts)) {
        if (const QString tidy = piece.trimmed(); !tidy.isEmpty())
            list.push_back(tidy.toStdString());
    }
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

template <typename T>
void note(std::optional<T> &change, const T &before, const T &after)
{
    if (before != after)
        change = after;
}

constexpr int LARGEST = std::numeric_limits<int>::max();

/// A limit that is too large for the field stays as it is while nobody touches it.
void noteLimit(std::optional<std::int64_t> &change, std::int64_t before, const QSpinBox *field)
{
    if (std::min<std::int64_t>(before, LARGEST) != field->value())
        change = field->value();
}

} // namespace

KeyEditDialog::KeyEditDialog(const PageParts &parts, const KeyInfo &key, const QStringList &projects,
                             QWidget *parent)
    : Dialog(parts.theme, tr("Settings of the key"), parent)
    , m_parts(parts)
    , m_key(key)
    , m_grid(new QGridLayout)
    , m_result(new InlineResult(parts.theme))
{
    resize(SIZE);
    makeFields(projects);
    layOut();
    fill();
    body()->addWidget(m_result);
    body()->addStretch();
    m_result->hide();
    footLeft()->addStretch();
    addCancel();
    m_save = addButton(Button::Kind::Primary, tr("Save"));
    m_save->setDefault(true);
    connect(m_save, &QAbstractButton::clicked, this, &KeyEditDialog::save);
    m_label->setFocus();
}

QSpinBox *KeyEditDialog::makeLimit(std::int64_t value)
{
    auto *spin = new QSpinBox;
    spin->setRange(0, LARGEST);
    spin->setSpecialValueText(tr("as Google says"));
    spin->setGroupSeparatorShown(true);
    spin->setValue(static_cast<int>(std::min<std::int64_t>(value, LARGEST)));
    return spin;
}

void KeyEditDialog::makeFields(const QStringList &projects)
{
    const KeySettings &settings = m_key.settings;
    constexpr int longest = 200;
    m_label = new QLineEdit;
    m_label->setMaxLength(longest);
    m_project = new QComboBox;
    m_project->setEditable(true);
    m_project->addItems(projects);
    m_project->lineEdit()->setPlaceholderText(tr("none"));
    m_tags = new QLineEdit;
    m_tags->setPlaceholderText(tr("with commas between them"));
    m_note = new QPlainTextEdit;
    m_note->setFixedHeight(NOTE_HEIGHT);
    m_note->setTabChangesFocus(true);
    m_priority = new QSpinBox;
    m_priority->setRange(-1000, 1000);
    m_weight = new QSpinBox;
    m_weight->setRange(1, 10'000);
    m_weight->setGroupSeparatorShown(true);
    m_tier = new QComboBox;
    m_tier->addItems({tr("Not known"), tr("Free"), tr("Paid")});
    m_kind = new QComboBox;
    m_kind->addItems({tr("Gemini API"), tr("Vertex AI, express mode")});
    m_baseUrl = new QLineEdit;
    m_baseUrl->setPlaceholderText(tr("the usual place"));
    m_minuteRequests = makeLimit(settings.minuteRequests);
    m_minuteTokens = makeLimit(settings.minuteTokens);
    m_dayRequests = makeLimit(settings.dayRequests);
    m_allowed = new QLineEdit;
    m_allowed->setPlaceholderText(tr("all; * stands for anything, as in gemini-2.5-*"));
    m_denied = new QLineEdit;
    m_denied->setPlaceholderText(tr("none"));
    m_proxy = new QLineEdit;
    m_proxy->setPlaceholderText(tr("as in Settings; else http://, https://, socks5:// or socks5h://"));
}

void KeyEditDialog::addField(const QString &name, QWidget *field, int row, int column, int columns)
{
    auto *label = new TextLabel(theme(), TextStyle::Small, &Tokens::text2);
    label->setText(name);
    label->setBuddy(field);
    label->setContentsMargins(0, row == 0 ? 0 : 6, 0, 0);
    field->setAccessibleName(QString(name).remove(u'&'));
    m_grid->addWidget(label, 2 * row, column, 1, columns);
    m_grid->addWidget(field, 2 * row + 1, column, 1, columns);
}

void KeyEditDialog::layOut()
{
    constexpr int all = 6;
    constexpr int half = 3;
    constexpr int third = 2;
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    for (int column = 0; column < all; ++column)
        m_grid->setColumnStretch(column, 1);
    addField(tr("Name"), m_label, 0, 0, half);
    addField(tr("Project"), m_project, 0, half, half);
    addField(tr("Tags"), m_tags, 1, 0, all);
    addField(tr("Note"), m_note, 2, 0, all);
    addField(tr("Priority"), m_priority, 3, 0, third);
    addField(tr("Weight"), m_weight, 3, third, third);
    addField(tr("Tier"), m_tier, 3, 2 * third, third);
    addField(tr("Requests per minute"), m_minuteRequests, 4, 0, third);
    addField(tr("Input tokens per minute"), m_minuteTokens, 4, third, third);
    addField(tr("Requests per day"), m_dayRequests, 4, 2 * third, third);
    addField(tr("Allowed models"), m_allowed, 5, 0, all);
    addField(tr("Denied models"), m_denied, 6, 0, all);
    addField(tr("Own proxy"), m_proxy, 7, 0, all);
    addField(tr("Kind"), m_kind, 8, 0, third);
    addField(tr("Base URL"), m_baseUrl, 8, third, all - third);
    body()->addLayout(m_grid);
}

void KeyEditDialog::fill()
{
    const KeySettings &settings = m_key.settings;
    m_label->setText(QString::fromStdString(settings.label));
    m_project->setCurrentText(QString::fromStdString(settings.project));
    m_tags->setText(joined(settings.tags));
    m_note->setPlainText(QString::fromStdString(settings.note));
    m_priority->setValue(settings.priority);
    m_weight->setValue(settings.weight);
    m_tier->setCurrentIndex(static_cast<int>(settings.tier));
    m_kind->setCurrentIndex(static_cast<int>(settings.kind));
    m_baseUrl->setText(QString::fromStdString(settings.baseUrl));
    m_allowed->setText(joined(settings.allowedModels));
    m_denied->setText(joined(settings.deniedModels));
    m_proxy->setText(QString::fromStdString(settings.proxy));
}

KeyPatch KeyEditDialog::patch() const
{
    const KeySettings &before = m_key.settings;
    const auto textOf = [](const QString &text) { return text.trimmed().toStdString(); };
    KeyPatch patch;
    note(patch.label, before.label, textOf(m_label->text()));
    note(patch.project, before.project, textOf(m_project->currentText()));
    if (m_tags->isModified())
        note(patch.tags, before.tags, listed(m_tags->text()));
    if (m_note->document()->isModified())
        note(patch.note, before.note, m_note->toPlainText().toStdString());
    note(patch.priority, before.priority, m_priority->value());
    note(patch.weight, before.weight, m_weight->value());
    note(patch.tier, before.tier, static_cast<KeyTier>(m_tier->currentIndex()));
    note(patch.kind, before.kind, static_cast<KeyKind>(m_kind->currentIndex()));
    note(patch.baseUrl, before.baseUrl, textOf(m_baseUrl->text()));
    noteLimit(patch.minuteRequests, before.minuteRequests, m_minuteRequests);
    noteLimit(patch.minuteTokens, before.minuteTokens, m_minuteTokens);
    noteLimit(patch.dayRequests, before.dayRequests, m_dayRequests);
    if (m_allowed->isModified())
        note(patch.allowedModels, before.allowedModels, listed(m_allowed->text()));
    if (m_denied->isModified())
        note(patch.deniedModels, before.deniedModels, listed(m_denied->text()));
    note(patch.proxy, before.proxy, textOf(m_proxy->text()));
    return patch;
}

void KeyEditDialog::save()
{
    m_save->setEnabled(false);
    m_parts.control.keys().patch({m_key.id}, patch(),
                                 {this, [this](Result<std::vector<KeyInfo>> keys) {
                                      m_save->setEnabled(true);
                                      if (keys) {
                                          accept();
                                          return;
                                      }
                                      m_result->showResult(InlineResult::Kind::Bad,
                                                           QString::fromStdString(keys.error().text));
                                  }});
}

} // namespace Ui
