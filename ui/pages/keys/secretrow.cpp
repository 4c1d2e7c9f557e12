#include "ui/pages/keys/secretrow.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/keys/smallmono.h"
#include "ui/widgets/button.h"
#include "ui/widgets/elidedtext.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Keys are one long word, which a label could not break.
QString breakable(const QString &text)
{
    constexpr qsizetype lineLength = 40;
    QStringList lines;
    for (qsizetype at = 0; at < text.size(); at += lineLength)
        lines += text.mid(at, lineLength);
    return lines.join(u'\n');
}

} // namespace

SecretRow::SecretRow(const PageParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_masked(smallMonoLabel(parts.theme, &Tokens::text2))
    , m_project(new ElidedText(parts.theme, TextStyle::Small, &Tokens::text3))
    , m_full(smallMonoLabel(parts.theme, &Tokens::text))
    , m_eye(new Button(parts.theme, Button::Kind::Ghost, u"eye"_s, {}))
    , m_timer(new QTimer(this))
{
    m_project->setAlignment(Qt::AlignTrailing);
    auto *copy = new Button(parts.theme, Button::Kind::Ghost, u"copy"_s, {});
    copy->setAccessibleName(tr("Copy the key in full"));
    copy->setToolTip(copy->accessibleName());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_masked);
    row->addSpacing(4);
    row->addWidget(m_eye);
    row->addWidget(copy);
    row->addStretch();
    row->addWidget(m_project, 0);
    column->addLayout(row);
    column->addWidget(m_full);
    m_timer->setSingleShot(true);
    m_timer->setInterval(REVEALED_MS);
    connect(m_timer, &QTimer::timeout, this, &SecretRow::conceal);
    connect(m_eye, &QAbstractButton::clicked, this, &SecretRow::toggle);
    connect(copy, &QAbstractButton::clicked, this, &SecretRow::copyRequested);
    conceal();
}

void SecretRow::showKey(const KeyInfo &key)
{
    if (key.id != m_id)
        conceal();
    m_id = key.id;
    m_masked->setText(QString::fromStdString(key.masked));
    m_project->setText(QString::fromStdString(key.settings.project));
}

bool SecretRow::isRevealed() const
{
    return m_timer->isActive();
}

void SecretRow::conceal()
{
    m_timer->stop();
    m_full->clear();
    m_full->hide();
    m_eye->setIconName(u"eye"_s);
    m_eye->setAccessibleName(tr("Show the key for 30 seconds"));
    m_eye->setToolTip(m_eye->accessibleName());
}

void SecretRow::toggle()
{
    if (isRevealed()) {
        conceal();
        return;
    }
    m_parts.control.keys().reveal(m_id, {this, [this](Result<RevealedKey> key) {
                                             if (!key)
                                                 m_parts.shell.toastFailure(key.error());
                                             else if (key->id == m_id && isVisible())
                                                 reveal(key->secret);
                                         }});
}

void SecretRow::reveal(const Secret &secret)
{
    m_full->setText(breakable(QString::fromStdString(secret.reveal())));
    m_full->show();
    m_eye->setIconName(u"eye-off"_s);
    m_eye->setAccessibleName(tr("Hide the key"));
    m_eye->setToolTip(m_eye->accessibleName());
    m_timer->start();
}

void SecretRow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    conceal();
}

} // namespace Ui
