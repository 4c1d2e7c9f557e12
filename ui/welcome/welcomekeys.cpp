#include "ui/welcome/welcomekeys.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QTimer>

#include "ui/widgets/button.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int PAUSE_MS = 150;
constexpr qint64 LARGEST_FILE = 32 * 1024 * 1024;

} // namespace

WelcomeKeys::WelcomeKeys(const PageParts &parts)
    : WelcomeStep(
          parts, tr("Paste your Gemini API keys"),
          tr("Any text will do: one per line, an .env file, JSON. Free keys come from aistudio.google.com."))
    , m_text(new QPlainTextEdit)
    , m_new(new Pill(parts.theme))
    , m_remark(new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_result(new InlineResult(parts.theme))
    , m_timer(new QTimer(this))
{
    m_text->setAccessibleName(tr("Keys"));
    m_text->setFont(parts.theme.font(TextStyle::Mono));
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(120);
    auto *open = new Button(parts.theme, Button::Kind::Ghost, u"file"_s, tr("Open file…"));
    connect(open, &QAbstractButton::clicked, this, &WelcomeKeys::openFile);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_new);
    row->addWidget(m_remark);
    row->addStretch();
    row->addWidget(open);
    body()->addWidget(m_text, 1);
    body()->addLayout(row);
    body()->addWidget(m_result);
    m_timer->setSingleShot(true);
    m_timer->setInterval(PAUSE_MS);
    connect(m_text, &QPlainTextEdit::textChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_timer, &QTimer::timeout, this, &WelcomeKeys::preview);
    showPreview({});
}

QString WelcomeKeys::actText() const
{
    return m_count > 0 ? tr("Add %n keys", nullptr, m_count) : tr("Add keys");
}

bool WelcomeKeys::canAct() const
{
    return m_count > 0 && !m_isAdding;
}

void WelcomeKeys::enter()
{
    m_text->setFocus();
    offerClipboard();
}

/// A key that is on the clipboard is most likely meant for here.
void WelcomeKeys::offerClipboard()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (m_text->toPlainText().isEmpty() && text.contains("AIza"_L1))
        m_text->setPlainText(text);
}

void WelcomeKeys::preview()
{
    AddKeys keys;
    keys.text = m_text->toPlainText().toStdString();
    keys.isPreview = true;
    parts().control.keys().add(std::move(keys),
                               {this, [this, round = ++m_round](Result<AddKeysResult> result) {
                                    if (round != m_round)
                                        return;
                                    if (!result)
                                        m_result->showResult(InlineResult::Kind::Bad,
                                                             QString::fromStdString(result.error().text));
                                    else
                                        m_result->hide();
                                    showPreview(result.value_or(AddKeysResult{}));
                                }});
}

void WelcomeKeys::showPreview(const AddKeysResult &result)
{
    m_count = result.added;
    m_new->setLook({PillKind::Ok, u"ok"_s, tr("%n new", nullptr, result.added)});
    m_new->setVisible(result.added > 0);
    QStringList others;
    if (result.known > 0)
        others += tr("%n known", nullptr, result.known);
    if (result.repeated > 0)
        others += tr("%n twice in this text", nullptr, result.repeated);
    if (result.malformed > 0)
        others += tr("%n malformed, which are skipped", nullptr, result.malformed);
    m_remark->setText(others.join(u", "_s));
    Q_EMIT changed();
}

void WelcomeKeys::act()
{
    AddKeys keys;
    keys.text = m_text->toPlainText().toStdString();
    keys.labelPattern = "Key {n}";
    m_isAdding = true;
    Q_EMIT changed();
    parts().control.keys().add(
        std::move(keys), {this, [this](Result<AddKeysResult> result) {
                              m_isAdding = false;
                              Q_EMIT changed();
                              if (!result) {
                                  m_result->showResult(InlineResult::Kind::Bad,
                                                       QString::fromStdString(result.error().text));
                                  return;
                              }
                              CheckRequest check;
                              for (const AddedKey &key : result->keys) {
                                  if (key.verdict == KeyVerdict::New || key.verdict == KeyVerdict::Restored)
                                      check.ids.push_back(key.id);
                              }
                              parts().control.keys().check(check, {});
                              m_text->clear();
                              Q_EMIT done();
                          }});
}

void WelcomeKeys::openFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a file with keys"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_result->showResult(InlineResult::Kind::Bad, file.errorString());
            return;
        }
        m_text->setPlainText(QString::fromUtf8(file.read(LARGEST_FILE)));
    });
    dialog->open();
}

} // namespace Ui
