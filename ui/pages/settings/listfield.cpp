#include "ui/pages/settings/listfield.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LINE_WIDTH = 200;

QStringList linesOf(const QString &value)
{
    static const QRegularExpression separators(u"[,\\n]"_s);
    QStringList lines;
    for (const QString &line : value.split(separators, Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty())
            lines += line.trimmed();
    }
    return lines;
}

} // namespace

ListField::ListField(const Theme &theme, const SettingView &setting, const QString &name)
    : m_theme(theme)
    , m_name(name)
    , m_setting(setting)
    , m_line(new QLineEdit)
    , m_edit(new Button(theme, Button::Kind::Secondary, {}, tr("Edit")))
{
    m_line->setReadOnly(true);
    m_line->setFocusPolicy(Qt::NoFocus);
    m_line->setAccessibleName(name);
    m_line->setFixedWidth(LINE_WIDTH);
    m_line->setPlaceholderText(tr("none"));
    m_edit->setAccessibleName(tr("Edit %1").arg(name));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_line);
    row->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_edit, &QAbstractButton::clicked, this, &ListField::edit);
}

void ListField::showSetting(const SettingView &setting)
{
    m_setting = setting;
    const QStringList lines = linesOf(QString::fromStdString(setting.value));
    m_line->setText(lines.join(u", "_s));
    m_line->setCursorPosition(0);
    m_line->setEnabled(!setting.isLocked);
    m_edit->setEnabled(!setting.isLocked);
}

void ListField::showRefused(bool)
{
}

void ListField::edit()
{
    auto *dialog = new Dialog(m_theme, m_name, window());
    dialog->resize(440, 360);
    auto *heading = new TextLabel(m_theme, TextStyle::Heading, &Tokens::text);
    heading->setText(m_name);
    auto *text = new TextLabel(m_theme, TextStyle::Small, &Tokens::text3);
    text->setWordWrap(true);
    const QString help = QCoreApplication::translate("Settings", m_setting.text.c_str());
    text->setText(m_setting.isSecret
                      ? help + u' ' + tr("What is stored is not shown; what you save here replaces it.")
                      : help);
    auto *field = new QPlainTextEdit;
    field->setAccessibleName(m_name);
    field->setTabChangesFocus(true);
    field->setFont(m_theme.font(TextStyle::Mono));
    field->setPlaceholderText(tr("One on each line"));
    if (!m_setting.isSecret)
        field->setPlainText(linesOf(QString::fromStdString(m_setting.value)).join(u'\n'));
    dialog->body()->addWidget(heading);
    dialog->body()->addWidget(text);
    dialog->body()->addWidget(field, 1);
    dialog->addCancel();
    const Button *save = dialog->addButton(Button::Kind::Primary, tr("Save"));
    connect(save, &QAbstractButton::clicked, this, [this, dialog, field] {
        Q_EMIT changed(linesOf(field->toPlainText()).join(u','));
        dialog->accept();
    });
    dialog->open();
    field->setFocus();
}

} // namespace Ui
