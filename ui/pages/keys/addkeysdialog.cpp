#include "ui/pages/keys/addkeysdialog.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTimer>

#include "ui/frame/shell.h"
#include "ui/text/format.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

bool holdsKey(const QString &text)
{
    static const QRegularExpression key(u"\\b(AIza[0-9A-Za-z_-]{35}|AQ\\.[0-9A-Za-z_-]{20,})"_s);
    constexpr qsizetype looked = 1 << 20; // the rest of a huge clipboard is not worth the wait
    return key.match(text.left(looked)).hasMatch();
}

void AddKeysDialog::setText(const QString &text)
{
    dropFile();
    m_editor->setPlainText(text);
    m_editor->moveCursor(QTextCursor::End);
    m_editor->setFocus();
}

void AddKeysDialog::offerClipboard()
{
    m_clipboard->setEnabled(!QApplication::clipboard()->text().isEmpty());
    if (holdsKey(QApplication::clipboard()->text()) && m_editor->document()->isEmpty())
        m_remark->setText(tr("The clipboard holds a key: “From clipboard” takes it."));
}

AddKeys AddKeysDialog::request(bool isPreview) const
{
    AddKeys keys;
    keys.isPreview = isPreview;
    keys.text = m_file ? m_file->content.toStdString() : m_editor->toPlainText().toStdString();
    if (m_file && m_file->kind == KeyFile::Kind::Sealed)
        keys.passphrase = Secret(m_passphrase->text().toStdString());
    keys.labelPattern = m_pattern->text().trimmed().toStdString();
    keys.settings.project = m_project->currentText().trimmed().toStdString();
    keys.withOthers = m_foundOthers > 0 && m_others->isChecked();
    return keys;
}

void AddKeysDialog::preview()
{
    m_timer->stop();
    if (m_stage != Stage::Reading)
        return;
    AddKeys keys = request(true);
    const bool waits = m_file && m_file->kind == KeyFile::Kind::Sealed && keys.passphrase.isEmpty();
    const int number = ++m_asked;
    if (keys.text.empty() || waits) {
        m_previewed.clear();
        takePreview(AddKeysResult());
        return;
    }
    m_previewed = keys.text;
    m_parts.control.keys().add(std::move(keys), {this, [this, number](Result<AddKeysResult> result) {
                                                     // Of an older text: the newer one's is on its way.
                                                     if (number == m_asked && m_stage == Stage::Reading)
                                                         takePreview(std::move(result));
                                                 }});
}

void AddKeysDialog::takePreview(Result<AddKeysResult> result)
{
    if (!result) {
        m_found = 0;
        m_keys->setKeys({});
        showCounts({});
        showOthers({});
        showFailure(result.error());
        return;
    }
    m_result->hide();
    m_found = result->added;
    showCounts(*result);
    showOthers(*result);
    m_keys->setKeys(std::move(result->keys));
    followAddButton();
}

void AddKeysDialog::showFailure(const Error &error)
{
    m_result->showResult(InlineResult::Kind::Bad, QString::fromStdString(error.text));
    followAddButton();
}

void AddKeysDialog::showCounts(const AddKeysResult &result)
{
    const auto show = [](Pill *pill, PillKind kind, const QString &icon, int count, const QString &text) {
        pill->setLook({kind, icon, text});
        pill->setVisible(count > 0);
    };
    const int known = result.known + result.repeated;
    show(m_new, PillKind::Ok, u"ok"_s, result.added, tr("%n new", nullptr, result.added));
    show(m_known, PillKind::Idle, u"info"_s, known, tr("%n known", nullptr, known));
    show(m_malformed, PillKind::Warn, u"warning"_s, result.malformed,
         tr("%n malformed", nullptr, result.malformed));
    m_nothing->setVisible(result.keys.empty());
    m_nothing->setText(m_previewed.empty() ? tr("What is found stands here.")
                                           : tr("No key is found in this text."));
    m_remark->setText(result.malformed > 0 ? tr("Malformed lines are skipped.") : QString());
}

void AddKeysDialog::showOthers(const AddKeysResult &result)
{
    QStringList names;
    m_foundOthers = 0;
    for (const OtherFind &find : result.others) {
        if (find.verdict != FindVerdict::New)
            continue;
        ++m_foundOthers;
        names += QString::fromStdString(find.name.empty() ? find.value : find.name);
    }
    m_othersRow->setVisible(m_foundOthers > 0);
    m_othersText->setText(
        tr("Take over %n more: access tokens, settings and proxies", nullptr, m_foundOthers));
    m_othersText->setToolTip(names.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s));
}

/// The gateway counts bytes of UTF-8, the editor units of UTF-16.
void AddKeysDialog::mark(int row)
{
    const AddedKey *key = m_keys->keyAt(row);
    if (!key || m_file || key->length <= 0)
        return;
    const auto units = [this](std::int64_t from, std::int64_t length) {
        const std::string_view part =
            std::string_view(m_previewed)
                .substr(std::min(static_cast<std::size_t>(from), m_previewed.size()),
                        static_cast<std::size_t>(length));
        return static_cast<int>(QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())).size());
    };
    const int start = units(0, key->offset);
    QTextCursor cursor = m_editor->textCursor();
    const int last = m_editor->document()->characterCount() - 1;
    cursor.setPosition(std::min(start, last));
    cursor.setPosition(std::min(start + units(key->offset, key->length), last), QTextCursor::KeepAnchor);
    m_editor->setTextCursor(cursor);
    m_editor->centerCursor();
}

void AddKeysDialog::add()
{
    if (m_stage != Stage::Reading || !canAdd())
        return;
    ++m_asked; // no preview shall come in between
    enterStage(Stage::Adding);
    m_parts.control.keys().add(request(false), {this, [this](Result<AddKeysResult> result) {
                                                    if (!result) {
                                                        enterStage(Stage::Reading);
                                                        showFailure(result.error());
                                                        return;
                                                    }
                                                    takeAdded(std::move(*result));
                                                }});
}

void AddKeysDialog::takeAdded(AddKeysResult result)
{
    std::vector<KeyId> ids;
    for (const AddedKey &key : result.keys) {
        if (key.id != 0 && (key.verdict == KeyVerdict::New || key.verdict == KeyVerdict::Restored))
            ids.push_back(key.id);
    }
    showCounts(result);
    m_keys->setKeys(std::move(result.keys));
    Q_EMIT added(ids);
    const auto undo = [control = QPointer<Control>(&m_parts.control), ids] {
        if (control)
            control->keys().remove(ids, {});
    };
    const int taken = result.taken;
    const QString told = tr("%n key(s) added", nullptr, static_cast<int>(ids.size()));
    m_parts.shell.toast({u"keys"_s, taken > 0 ? tr("%1, %n more taken over", nullptr, taken).arg(told) : told,
                         ids.empty() ? QString() : tr("Undo"), undo});
    if (m_checks->isChecked() && !ids.empty())
        check(ids);
    else
        accept();
}

void AddKeysDialog::check(const std::vector<KeyId> &ids)
{
    enterStage(Stage::Checking);
    m_keys->setChecking(true);
    m_parts.control.keys().check({CheckScope::Selected, ids},
                                 {this, [this, ids](Result<CheckProgress> progress) {
                                      if (!progress) {
                                          m_keys->setChecking(false);
                                          enterStage(Stage::Done);
                                          showFailure(progress.error());
                                          return;
                                      }
                                      m_run = progress->id;
                                      if (progress->total == 0)
                                          progress->total = static_cast<int>(ids.size());
                                      takeProgress(*progress);
                                      Q_EMIT checkStarted(*progress);
                                  }});
}

void AddKeysDialog::takeProgress(const CheckProgress &progress)
{
    if (m_run.empty() || progress.id != m_run || m_stage != Stage::Checking)
        return;
    m_keys->takeResults(progress.results);
    if (progress.isRunning) {
        m_remark->setText(
            tr("%1 of %n key(s) checked. You can close this; the check goes on.", nullptr, progress.total)
                .arg(countText(progress.done)));
        return;
    }
    m_keys->setChecking(false);
    m_remark->setText(
        progress.bad == 0
            ? tr("All %n key(s) work.", nullptr, progress.total)
            : tr("%1 of %n key(s) work.", nullptr, progress.total).arg(countText(progress.good)));
    enterStage(Stage::Done);
}

void AddKeysDialog::enterStage(Stage stage)
{
    m_stage = stage;
    const bool isReading = stage == Stage::Reading;
    m_editor->setReadOnly(!isReading);
    for (QWidget *field : QList<QWidget *>{m_project, m_pattern, m_checks, m_others, m_passphrase})
        field->setEnabled(isReading);
    m_cancel->setVisible(stage == Stage::Reading || stage == Stage::Adding);
    followAddButton();
}

bool AddKeysDialog::canAdd() const
{
    return m_found > 0 || (m_foundOthers > 0 && m_others->isChecked());
}

void AddKeysDialog::followAddButton()
{
    switch (m_stage) {
    case Stage::Reading:
        m_add->setText(m_found > 0 ? tr("Add %n key(s)", nullptr, m_found)
                       : canAdd()  ? tr("Take over")
                                   : tr("Add keys"));
        break;
    case Stage::Adding:
        m_add->setText(tr("Adding…"));
        break;
    case Stage::Checking:
    case Stage::Done:
        m_add->setText(tr("Close"));
        break;
    }
    m_add->setEnabled(m_stage == Stage::Reading ? canAdd() : m_stage != Stage::Adding);
    m_add->updateGeometry();
}

void AddKeysDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && (event->modifiers() & Qt::ControlModifier)) {
        add();
        return;
    }
    Dialog::keyPressEvent(event);
}

/// Ctrl+Enter would otherwise break a line of the editor.
bool AddKeysDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && (key->modifiers() & Qt::ControlModifier)) {
            add();
            return true;
        }
    }
    return Dialog::eventFilter(watched, event);
}

} // namespace Ui
