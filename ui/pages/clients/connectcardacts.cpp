#include <QPointer>

#include "ui/frame/shell.h"
#include "ui/pages/clients/clienttest.h"
#include "ui/pages/clients/configplan.h"
#include "ui/pages/clients/connectcard.h"
#include "ui/pages/clients/diffview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

// What the card shows of the settings, and what it does with them.

namespace Ui {

namespace {

constexpr int MOST_LINES = 18;

} // namespace

void ConnectCard::showView()
{
    const bool isWriting = m_view == View::Write;
    m_write->setVisible(isWriting);
    m_copyRemark->setVisible(isWriting);
    m_path->setVisible(m_recipe->isWritable());
    m_path->setText(m_plan ? m_surroundings.places.shownPath(m_plan->path()) : QString());
    m_test->setEnabled(isReady());
    showHint();
    if (isWriting) {
        showPlan();
    } else if (m_view == View::Snippet) {
        showCode(*m_code, filledQuoted(m_recipe->snippet, filling(true)), m_recipe->language);
    } else {
        showCode(*m_code, environmentText(*m_recipe, filling(true), m_surroundings.places.platform),
                 CodeLanguage::Shell);
    }
    m_code->fitLines(MOST_LINES);
}

void ConnectCard::showPlan()
{
    const Result<QString> planned = m_plan->connected(filling(false));
    if (!planned) {
        m_write->setEnabled(false);
        showCode(*m_code, QString::fromStdString(planned.error().text), CodeLanguage::Plain);
        return;
    }
    const std::vector<DiffLine> lines = m_plan->difference(*planned);
    m_write->setEnabled(isReady() && !lines.empty());
    if (lines.empty())
        showCode(*m_code, tr("Nothing to change: the file is as it should be."), CodeLanguage::Plain);
    else
        showDiff(*m_code, m_parts.theme, lines, m_recipe->language);
}

/// What is missing before anything can be written or tested, with the button that brings it.
void ConnectCard::showHint()
{
    using Kind = InlineResult::Kind;
    if (m_surroundings.address.isEmpty()) {
        m_hint->showResult(Kind::Running, tr("The gateway has no address while it does not serve."));
        return;
    }
    if (secret()) {
        m_hint->hide();
        return;
    }
    const TokenView *chosen = token();
    if (!chosen) {
        m_hint->showResult(Kind::Running, tr("A token is missing."));
        connect(m_hint->addButton(tr("New token")), &QAbstractButton::clicked, this,
                [this] { Q_EMIT newTokenRequested(QString::fromLatin1(m_recipe->id)); });
    } else if (chosen->id == 0) {
        m_hint->showResult(Kind::Running, tr("The text of this token stands in the setting ALLOWED_TOKENS."));
        connect(m_hint->addButton(tr("Open setting")), &QAbstractButton::clicked, this,
                [this] { m_parts.shell.go({.page = PageId::Settings, .filter = u"ALLOWED_TOKENS"_s}); });
    } else {
        m_hint->showResult(Kind::Running, tr("A token's text is known only when it is made."));
        connect(m_hint->addButton(tr("Renew to see it")), &QAbstractButton::clicked, this,
                [this, id = chosen->id] { Q_EMIT renewRequested(id); });
    }
}

/// The copy holds the token itself, where it is known.
void ConnectCard::copyShown()
{
    const Filling whole = filling(false);
    const bool isSecret = secret().has_value();
    if (m_view == View::Environment)
        m_parts.shell.copy(environmentText(*m_recipe, whole, m_surroundings.places.platform), isSecret);
    else
        m_parts.shell.copy(filledQuoted(m_recipe->snippet, whole), isSecret);
    m_parts.shell.toast({u"check"_s, tr("Copied"), {}, {}});
}

void ConnectCard::write(const Result<QString> &planned, const QString &done)
{
    const std::shared_ptr<ConfigWriter> writer = m_plan->writer();
    const Result<void> written = planned ? writer->write(*planned) : Result<void>(fail(planned.error()));
    if (!written) {
        m_result->showResult(InlineResult::Kind::Bad, QString::fromStdString(written.error().text));
        connect(m_result->addButton(tr("Read again")), &QAbstractButton::clicked, this, [this] {
            m_result->hide();
            refresh(m_surroundings);
        });
        return;
    }
    m_result->hide();
    // The toast may outlive the card: the undo holds the writer, and the card only by a guard.
    const auto undo = [writer, &shell = m_parts.shell, card = QPointer<ConnectCard>(this)] {
        if (const Result<void> undone = writer->undo(); !undone)
            shell.toastFailure(undone.error());
        if (card)
            Q_EMIT card->written();
    };
    m_parts.shell.toast({u"ok"_s, done, tr("Undo"), undo});
    Q_EMIT this->written();
}

void ConnectCard::runTest()
{
    m_test->setEnabled(false);
    m_result->showResult(InlineResult::Kind::Running, tr("Testing…"));
    m_tester->run(*m_recipe, filling(false));
}

void ConnectCard::showVerdict(const ClientVerdict &verdict)
{
    m_test->setEnabled(isReady());
    m_result->showResult(verdict.isGood ? InlineResult::Kind::Good : InlineResult::Kind::Bad, verdict.text);
    const TokenView *chosen = token();
    if (verdict.next == ClientVerdict::Next::Resume) {
        connect(m_result->addButton(tr("Resume")), &QAbstractButton::clicked, this, [this] {
            m_result->hide();
            m_parts.control.serving().resume({this, [this](const Result<GatewayStatus> &status) {
                                                  if (!status)
                                                      m_parts.shell.toastFailure(status.error());
                                              }});
        });
    } else if (verdict.next == ClientVerdict::Next::Renew && chosen && chosen->id != 0) {
        connect(m_result->addButton(tr("Renew")), &QAbstractButton::clicked, this,
                [this, id = chosen->id] { Q_EMIT renewRequested(id); });
    }
}

} // namespace Ui
