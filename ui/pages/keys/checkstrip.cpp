#include "ui/pages/keys/checkstrip.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>

#include "ui/frame/shell.h"
#include "ui/pages/keys/checkresults.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int BAR_WIDTH = 200;
constexpr int BAR_HEIGHT = 6;
constexpr int RADIUS = 8;

class ProgressLine final : public QProgressBar
{
public:
    explicit ProgressLine(const Theme &theme)
        : m_theme(theme)
    {
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const qreal round = height() / 2.0;
        painter.setBrush(m_theme.tokens().track);
        painter.drawRoundedRect(rect(), round, round);
        if (maximum() <= 0 || value() <= 0)
            return;
        const int done = std::max(height(), width() * value() / maximum());
        const int left = isLeftToRight() ? 0 : width() - done;
        painter.setBrush(m_theme.tokens().accent);
        painter.drawRoundedRect(QRect(left, 0, done, height()), round, round);
    }

private:
    const Theme &m_theme;
};

} // namespace

CheckStrip::CheckStrip(const PageParts &parts, const KeyModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_text(new TextLabel(parts.theme, TextStyle::Body, &Tokens::text))
    , m_bar(new ProgressLine(parts.theme))
    , m_cancel(new Button(parts.theme, Button::Kind::Ghost, {}, tr("Cancel")))
    , m_details(new Button(parts.theme, Button::Kind::Secondary, {}, tr("Show results")))
    , m_close(new Button(parts.theme, Button::Kind::Ghost, u"close"_s, {}))
{
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(BAR_WIDTH, BAR_HEIGHT);
    m_bar->setAccessibleName(tr("Keys checked"));
    m_close->setAccessibleName(tr("Hide the result of the check"));
    m_close->setToolTip(m_close->accessibleName());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 5, 6, 5);
    row->setSpacing(12);
    row->addWidget(m_text);
    row->addWidget(m_bar);
    row->addStretch();
    for (Button *button : {m_details, m_cancel, m_close}) {
        button->setSmall(true);
        row->addWidget(button);
    }
    connect(m_cancel, &QAbstractButton::clicked, this, &CheckStrip::cancel);
    connect(m_details, &QAbstractButton::clicked, this, &CheckStrip::showResults);
    connect(m_close, &QAbstractButton::clicked, this, &QWidget::hide);
    connect(&parts.control, &Control::checkProgress, this, &CheckStrip::showProgress);
    connect(&parts.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
    // One may be under way that was started before this page was made.
    parts.control.keys().checkProgress({this, [this](Result<CheckProgress> progress) {
                                            if (progress && progress->isRunning && m_run.empty())
                                                showProgress(*progress);
                                        }});
}

void CheckStrip::showProgress(const CheckProgress &progress)
{
    if (progress.id != m_run) {
        m_run = progress.id;
        m_results.clear();
    }
    m_results.insert(m_results.end(), progress.results.begin(), progress.results.end());
    m_hasFaults = progress.bad > 0 && !progress.isRunning;
    m_bar->setRange(0, progress.total);
    m_bar->setValue(progress.done);
    m_bar->setVisible(progress.isRunning);
    m_cancel->setVisible(progress.isRunning);
    m_cancel->setEnabled(true);
    m_close->setVisible(!progress.isRunning);
    m_details->setVisible(!m_results.empty());
    showText(progress);
    setVisible(true);
    update();
}

void CheckStrip::showText(const CheckProgress &progress)
{
    const QString done = countText(progress.done);
    if (progress.isRunning)
        m_text->setText(progress.total == 0
                            ? tr("Checking keys…")
                            : tr("Checking %n key(s), %1 done", nullptr, progress.total).arg(done));
    else if (progress.isCancelled)
        m_text->setText(tr("The check was cancelled; %n key(s) were checked", nullptr, progress.done));
    else if (progress.bad == 0)
        m_text->setText(tr("%n key(s) checked: all work", nullptr, progress.done));
    else
        m_text->setText(
            tr("%n key(s) checked: %1 work, %2 were refused or gave no clear answer", nullptr, progress.done)
                .arg(countText(progress.good), countText(progress.bad)));
}

void CheckStrip::cancel()
{
    m_cancel->setEnabled(false);
    m_parts.control.keys().cancelCheck({this, [this](Result<CheckProgress> progress) {
                                            m_cancel->setEnabled(true);
                                            if (!progress) {
                                                m_parts.shell.toastFailure(progress.error());
                                                return;
                                            }
                                            progress->results.clear(); // they came by signals
                                            showProgress(*progress);
                                        }});
}

void CheckStrip::showResults()
{
    auto *dialog = new CheckResults(m_parts.theme, m_model, m_results, window());
    connect(dialog, &CheckResults::removeRequested, this, &CheckStrip::removeRequested);
    dialog->open();
}

void CheckStrip::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_parts.theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_hasFaults ? tokens.warn : tokens.border2);
    painter.setBrush(m_hasFaults ? tokens.warnBg : tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
}

} // namespace Ui
