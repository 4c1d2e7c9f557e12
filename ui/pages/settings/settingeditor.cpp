#include "ui/pages/settings/settingeditor.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTimer>

#include "ui/pages/settings/bytefield.h"
#include "ui/pages/settings/listfield.h"
#include "ui/widgets/switch.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int NUMBER_WIDTH = 132;
constexpr int CHOICE_WIDTH = 232;
constexpr int TEXT_WIDTH = 280;
constexpr int TYPING_MS = 600;

void place(SettingEditor *editor, QWidget *control)
{
    auto *row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(control);
    editor->setFocusProxy(control);
}

class FlagEditor final : public SettingEditor
{
public:
    FlagEditor(const Theme &theme, const QString &name)
        : m_switch(new Switch(theme))
    {
        m_switch->setAccessibleName(name);
        place(this, m_switch);
        connect(m_switch, &QAbstractButton::clicked, this,
                [this](bool isOn) { Q_EMIT changed(isOn ? u"on"_s : u"off"_s); });
    }

    void showSetting(const SettingView &setting) override
    {
        m_switch->setChecked(setting.value == "on");
        m_switch->setEnabled(!setting.isLocked);
    }
    void showRefused(bool) override {}

private:
    Switch *m_switch;
};

class ChoiceEditor final : public SettingEditor
{
public:
    ChoiceEditor(const SettingView &setting, const QString &name)
        : m_box(new QComboBox)
    {
        m_box->setAccessibleName(name);
        m_box->setFixedWidth(CHOICE_WIDTH);
        for (const std::string &choice : setting.choices)
            m_box->addItem(QString::fromStdString(choice));
        place(this, m_box);
        connect(m_box, &QComboBox::activated, this, [this] { Q_EMIT changed(m_box->currentText()); });
    }

    void showSetting(const SettingView &setting) override
    {
        m_box->setCurrentText(QString::fromStdString(setting.value));
        m_box->setEnabled(!setting.isLocked);
    }
    void showRefused(bool) override {}

private:
    QComboBox *m_box;
};

QString unitText(const std::string &unit)
{
    if (unit == "days")
        return QCoreApplication::translate("SettingEditor", " days");
    return unit.empty() ? QString() : u' ' + QString::fromStdString(unit);
}

class NumberEditor final : public SettingEditor
{
public:
    NumberEditor(const SettingView &setting, const QString &name)
        : m_box(new QSpinBox)
        , m_timer(new QTimer(this))
    {
        m_box->setAccessibleName(name);
        m_box->setFixedWidth(NUMBER_WIDTH);
        m_box->setRange(static_cast<int>(std::max<std::int64_t>(setting.minimum, INT_MIN)),
                        static_cast<int>(std::min<std::int64_t>(setting.maximum, INT_MAX)));
        m_box->setSuffix(unitText(setting.unit));
        m_box->setGroupSeparatorShown(setting.maximum > 99'999);
        m_timer->setSingleShot(true);
        m_timer->setInterval(TYPING_MS);
        place(this, m_box);
        connect(m_box, &QSpinBox::valueChanged, m_timer, qOverload<>(&QTimer::start));
        connect(m_box, &QAbstractSpinBox::editingFinished, this, [this] {
            if (m_timer->isActive()) {
                m_timer->stop();
                Q_EMIT changed(QString::number(m_box->value()));
            }
        });
        connect(m_timer, &QTimer::timeout, this, [this] { Q_EMIT changed(QString::number(m_box->value())); });
    }

    void showSetting(const SettingView &setting) override
    {
        if (m_timer->isActive())
            return;
        const QSignalBlocker blocker(m_box);
        m_box->setValue(QString::fromStdString(setting.value).toInt());
        m_box->setEnabled(!setting.isLocked);
    }
    void showRefused(bool) override {}

private:
    QSpinBox *m_box;
    QTimer *m_timer;
};

class TextEditor final : public SettingEditor
{
public:
    TextEditor(const SettingView &setting, const QString &name)
        : m_field(new QLineEdit)
        , m_isSecret(setting.isSecret)
    {
        m_field->setAccessibleName(name);
        m_field->setFixedWidth(TEXT_WIDTH);
        if (m_isSecret)
            m_field->setEchoMode(QLineEdit::PasswordEchoOnEdit);
        place(this, m_field);
        connect(m_field, &QLineEdit::editingFinished, this, [this] {
            if (m_field->isModified()) {
                m_field->setModified(false);
                Q_EMIT changed(m_field->text().trimmed());
            }
        });
    }

    void showSetting(const SettingView &setting) override
    {
        if (m_field->isModified())
            return;
        // A secret's masked form is a hint, not a text to edit.
        if (m_isSecret) {
            m_field->clear();
            m_field->setPlaceholderText(QString::fromStdString(setting.value));
        } else {
            m_field->setText(QString::fromStdString(setting.value));
            m_field->setPlaceholderText(QCoreApplication::translate("SettingEditor", "not set"));
        }
        m_field->setEnabled(!setting.isLocked);
    }

    void showRefused(bool isRefused) override
    {
        QPalette palette = m_field->palette();
        palette.setColor(QPalette::Text,
                         isRefused ? QColor(Qt::red) : QWidget::palette().color(QPalette::Text));
        m_field->setPalette(palette);
    }

private:
    QLineEdit *m_field;
    bool m_isSecret;
};

} // namespace

SettingEditor::SettingEditor(QWidget *parent)
    : QWidget(parent)
{
}

SettingEditor *makeSettingEditor(const Theme &theme, const SettingView &setting)
{
    const QString name = QCoreApplication::translate("Settings", setting.title.c_str());
    if (setting.type == "flag")
        return new FlagEditor(theme, name);
    if (setting.type == "choice")
        return new ChoiceEditor(setting, name);
    if (setting.type == "list")
        return new ListField(theme, setting, name);
    if (setting.type == "integer" && setting.unit == "bytes")
        return new ByteField(setting, name);
    if (setting.type == "integer")
        return new NumberEditor(setting, name);
    return new TextEditor(setting, name);
}

} // namespace Ui
