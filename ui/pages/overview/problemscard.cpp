#include "ui/pages/overview/problemscard.h"

#include <algorithm>

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/pages/overview/problemrow.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int SHOWN = 3;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Problems)
};

} // namespace

ProblemText problemText(const Gateway::Problem &problem)
{
    const QString subject = QString::fromStdString(problem.subject);
    const int count = static_cast<int>(problem.count);
    const Target keys{PageId::Keys, {}, 0, 0, 0, false};
    if (problem.code == "no_keys")
        return {Words::tr("There is no key yet"), Words::tr("Clients get 503 until you add one."),
                Words::tr("Add keys"), Target{PageId::Keys, {}, 0, 0, 0, true}, true};
    if (problem.code == "no_usable_key")
        return {Words::tr("No key can be used"), Words::tr("Clients get 503 until one works again."),
                Words::tr("Show keys"), keys, true};
    if (problem.code == "keys_sidelined")
        return {Words::tr("%n keys were refused by Google", nullptr, count),
                Words::tr("They are tried again by themselves, and you can check them now."),
                Words::tr("Show keys"), Target{PageId::Keys, u"sidelined"_s, 0, 0, 0, false}, true};
    if (problem.code == "model_overloaded")
        return {Words::tr("%1 is overloaded at Google").arg(subject),
                Words::tr("%n answers in a row said so. It is tried again by itself.", nullptr, count),
                Words::tr("Show requests"), Target{PageId::Requests, {}, 0, 0, 0, false}, false};
    if (problem.code == "model_resting")
        return {Words::tr("Every key rests for %1").arg(subject),
                Words::tr("%n keys have met their quota.", nullptr, count), Words::tr("Show keys"),
                Target{PageId::Keys, u"resting"_s, 0, 0, 0, false}, false};
    if (problem.code == "token_expired")
        return {Words::tr("Token “%1” has expired").arg(subject),
                Words::tr("Clients that use it are refused."), Words::tr("Show token"),
                Target{PageId::Clients, {}, problem.ids.empty() ? 0 : problem.ids.front(), 0, 0, false},
                false};
    if (problem.code == "restart_needed")
        return {Words::tr("%n changes wait for a restart", nullptr, count),
                Words::tr("They take effect when the gateway starts anew."),
                Words::tr("Restart"),
                {},
                false};
    return {QString::fromStdString(problem.code), subject, {}, {}, false};
}

ProblemsCard::ProblemsCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_count(new Pill(theme))
    , m_rows(new QVBoxLayout)
{
    auto *title = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    title->setText(Words::tr("Needs a hand"));
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title);
    head->addWidget(m_count);
    head->addStretch();
    m_rows->setSpacing(0);
    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 8);
    column->setSpacing(4);
    column->addLayout(head);
    column->addLayout(m_rows);
    column->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    fill();
}

void ProblemsCard::showProblems(const std::vector<Gateway::Problem> &problems)
{
    if (problems == m_problems)
        return;
    m_problems = problems;
    fill();
}

QWidget *ProblemsCard::makeRow(const Gateway::Problem &problem)
{
    const ProblemText text = problemText(problem);
    auto *row = new ProblemRow(m_theme, text.isBad, text.heading, text.text, text.act);
    const bool isRestart = problem.code == "restart_needed";
    connect(row, &ProblemRow::acted, this, [this, isRestart, target = text.target] {
        if (isRestart)
            Q_EMIT restartRequested();
        else
            Q_EMIT targetChosen(target);
    });
    return row;
}

void ProblemsCard::fill()
{
    while (const QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    const auto count = static_cast<int>(m_problems.size());
    m_count->setVisible(count > 0);
    m_count->setLook({PillKind::Warn, {}, countText(count)});
    if (count == 0) {
        m_rows->addWidget(new ProblemRow(m_theme, ProblemRow::AllIsWell{}));
        return;
    }
    const int shown = m_showsAll ? count : std::min(count, SHOWN);
    for (int i = 0; i < shown; ++i)
        m_rows->addWidget(makeRow(m_problems[static_cast<std::size_t>(i)]));
    if (shown < count) {
        auto *all = new Button(m_theme, Button::Kind::Link, {}, Words::tr("Show all %1").arg(count));
        all->setSmall(true);
        connect(all, &QAbstractButton::clicked, this, [this] {
            m_showsAll = true;
            fill();
        });
        m_rows->addWidget(all, 0, Qt::AlignLeading);
    }
}

} // namespace Ui
