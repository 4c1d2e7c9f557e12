#include "ui/pages/clients/chipsedit.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStringListModel>

#include "ui/widgets/chip.h"
#include "ui/widgets/flowlayout.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int GAP = 6;
constexpr int FIELD_WIDTH = 150;

QStringList split(const QString &text)
{
    static const QRegularExpression separators(u"[,\\s]+"_s);
    return text.split(separators, Qt::SkipEmptyParts);
}

} // namespace

ChipsEdit::ChipsEdit(const Theme &theme, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_name(name)
    , m_flow(new FlowLayout(GAP, this))
    , m_field(new QLineEdit)
    , m_suggestions(new QStringListModel(this))
{
    m_field->setPlaceholderText(tr("Add"));
    m_field->setAccessibleName(tr("%1: add").arg(name));
    m_field->setFixedWidth(FIELD_WIDTH);
    m_field->installEventFilter(this);
    auto *completer = new QCompleter(m_suggestions, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_field->setCompleter(completer);
    m_flow->addWidget(m_field);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (text.endsWith(u','))
            add(text);
    });
    connect(m_field, &QLineEdit::editingFinished, this, [this] { add(m_field->text()); });
}

void ChipsEdit::setSuggestions(const QStringList &words)
{
    m_suggestions->setStringList(words);
}

void ChipsEdit::setWords(const QStringList &words)
{
    for (const QString &word : words)
        addChip(word);
}

QStringList ChipsEdit::words() const
{
    QStringList words = m_words;
    for (const QString &word : split(m_field->text())) {
        if (!words.contains(word))
            words += word;
    }
    return words;
}

void ChipsEdit::add(const QString &text)
{
    for (const QString &word : split(text))
        addChip(word);
    m_field->clear();
}

void ChipsEdit::addChip(const QString &word)
{
    if (m_words.contains(word))
        return;
    m_words += word;
    auto *chip = new Chip(m_theme, word);
    chip->setRemovable(true);
    chip->setAccessibleName(tr("Remove %1").arg(word));
    connect(chip, &QAbstractButton::clicked, this, [this, chip, word] {
        m_words.removeOne(word);
        m_flow->removeWidget(chip);
        chip->hide();
        chip->deleteLater();
        m_field->setFocus();
        updateGeometry();
    });
    m_flow->insertWidget(m_flow->count() - 1, chip);
    chip->show();
    QWidget::setTabOrder(chip, m_field);
    updateGeometry();
}

/// Enter adds the word and does not press the dialog's button; with an empty field it does.
bool ChipsEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && !m_field->text().trimmed().isEmpty()) {
            add(m_field->text());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Ui
