#include "ui/widgets/copybutton.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int COPIED_MS = 2000;

} // namespace

CopyButton::CopyButton(const Theme &theme, const QString &what, bool isSecret, QWidget *parent)
    : Button(theme, Kind::Ghost, u"copy"_s, QString(), parent)
    , m_what(what)
    , m_isSecret(isSecret)
    , m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(COPIED_MS);
    connect(m_timer, &QTimer::timeout, this, [this] { showCopied(false); });
    connect(this, &QAbstractButton::clicked, this, &CopyButton::copy);
    showCopied(false);
}

void CopyButton::setCopiedText(const QString &text)
{
    m_text = text;
    setEnabled(!text.isEmpty());
}

void CopyButton::copy()
{
    if (m_text.isEmpty())
        return;
    auto *content = new QMimeData;
    content->setText(m_text);
    if (m_isSecret)
        content->setData(u"x-kde-passwordManagerHint"_s, "secret");
    QGuiApplication::clipboard()->setMimeData(content);
    showCopied(true);
    m_timer->start();
}

void CopyButton::showCopied(bool isCopied)
{
    setIconName(isCopied ? u"check"_s : u"copy"_s);
    setToolTip(isCopied ? tr("Copied") : m_what);
    setAccessibleName(isCopied ? tr("Copied") : m_what);
    if (isCopied) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace Ui
