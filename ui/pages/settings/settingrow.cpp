#include "ui/pages/settings/settingrow.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/pages/settings/settingeditor.h"
#include "ui/widgets/button.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 56;
constexpr int PADDING = 16;

QString translated(const std::string &text)
{
    return text.empty() ? QString() : QCoreApplication::translate("Settings", text.c_str());
}

} // namespace

SettingLine::SettingLine(const Theme &theme, const QString &title, const QString &text, QWidget *control)
    : m_words(title + u' ' + text)
    , m_theme(theme)
    , m_text(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
    , m_titleRow(new QHBoxLayout)
    , m_row(new QHBoxLayout(this))
{
    setMinimumHeight(HEIGHT);
    auto *name = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    name->setText(title);
    m_text->setText(text);
    m_text->setWordWrap(true);
    m_titleRow->setSpacing(8);
    m_titleRow->addWidget(name);
    m_titleRow->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addLayout(m_titleRow);
    words->addWidget(m_text);
    words->addStretch();
    m_row->setContentsMargins(PADDING, 8, PADDING, 8);
    m_row->setSpacing(12);
    m_row->addLayout(words, 1);
    m_row->addWidget(control);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

bool SettingLine::matches(const QString &search) const
{
    return m_words.contains(search, Qt::CaseInsensitive);
}

void SettingLine::setMarked(bool isMarked)
{
    m_isMarked = isMarked;
    update();
}

void SettingLine::setRule(bool hasRule)
{
    m_hasRule = hasRule;
    update();
}

void SettingLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_isMarked)
        painter.fillRect(rect().adjusted(1, 1, -1, -1), m_theme.tokens().selection);
    if (m_hasRule)
        painter.fillRect(QRect(PADDING, 0, width() - 2 * PADDING, 1), m_theme.tokens().grid);
}

SettingRow::SettingRow(const Theme &theme, const SettingView &setting)
    : SettingRow(theme, setting, makeSettingEditor(theme, setting))
{
}

SettingRow::SettingRow(const Theme &theme, const SettingView &setting, SettingEditor *editor)
    : SettingLine(theme, translated(setting.title), translated(setting.text), editor)
    , m_editor(editor)
    , m_lock(new Pill(theme))
    , m_pending(new Pill(theme))
    , m_reset(new Button(theme, Button::Kind::Ghost, u"undo"_s, {}))
{
    m_words += u' ' + QString::fromStdString(setting.name);
    setToolTip(QString::fromStdString(setting.name));
    m_pending->setLook({PillKind::Warn, u"refresh"_s, tr("After restart")});
    titleRow()->insertWidget(1, m_lock);
    titleRow()->insertWidget(2, m_pending);
    row()->insertWidget(1, m_reset);
    connect(m_reset, &QAbstractButton::clicked, this, &SettingRow::resetRequested);
    connect(m_editor, &SettingEditor::changed, this, &SettingRow::changed);
    showSetting(setting);
}

void SettingRow::showSetting(const SettingView &setting)
{
    m_setting = setting;
    const QString name = QString::fromStdString(setting.name);
    const bool isEnvironment = setting.source == "environment";
    m_lock->setVisible(setting.isLocked);
    m_lock->setLook({PillKind::Idle, u"lock"_s,
                     isEnvironment ? tr("Set by %1").arg(name) : tr("Set by the command line")});
    m_lock->setToolTip(isEnvironment ? tr("Set by the environment. Unset %1 to change it here.").arg(name)
                                     : tr("Set by the command line. Start without it to change it here."));
    m_pending->setVisible(setting.isPending);
    const bool canReset =
        !setting.isLocked && setting.source == "store" && setting.value != setting.defaultValue;
    const QString usual = setting.isSecret || setting.defaultValue.empty()
                              ? tr("not set")
                              : QString::fromStdString(setting.defaultValue);
    m_reset->setVisible(canReset);
    m_reset->setToolTip(tr("Back to the default: %1").arg(usual));
    m_reset->setAccessibleName(m_reset->toolTip());
    m_editor->showSetting(setting);
    showText();
}

void SettingRow::showError(const QString &text)
{
    m_error = text;
    m_editor->showRefused(!text.isEmpty());
    showText();
}

void SettingRow::showText()
{
    text()->setRole(m_error.isEmpty() ? &Tokens::text3 : &Tokens::badText);
    text()->setText(m_error.isEmpty() ? translated(m_setting.text) : m_error);
}

} // namespace Ui
