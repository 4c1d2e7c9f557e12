#include "ui/pages/chat/chatpicture.h"

#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImageReader>
#include <QMenu>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int BROKEN_WIDTH = 220;
constexpr int BROKEN_HEIGHT = 40;
constexpr qreal RADIUS = 8;

QPixmap readScaled(const QByteArray &data, QSize most, qreal ratio)
{
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    const QSize room = most * ratio;
    if (size.width() > room.width() || size.height() > room.height())
        reader.setScaledSize(size.scaled(room, Qt::KeepAspectRatio));
    QPixmap pixmap = QPixmap::fromImageReader(&reader);
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace

ChatPicture::ChatPicture(const Theme &theme, const QByteArray &bytes, const QString &name, QSize most,
                         QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_data(bytes)
    , m_name(name)
    , m_pixmap(readScaled(bytes, most, devicePixelRatioF()))
{
    setAccessibleName(name.isEmpty() ? tr("Picture") : tr("Picture %1").arg(name));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ChatPicture::sizeHint() const
{
    return m_pixmap.isNull() ? QSize(BROKEN_WIDTH, BROKEN_HEIGHT)
                             : m_pixmap.deviceIndependentSize().toSize().expandedTo({24, 24});
}

void ChatPicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(QPoint(0, 0), sizeHint());
    painter.setPen(m_theme.tokens().border);
    if (m_pixmap.isNull()) {
        painter.setBrush(m_theme.tokens().sunken);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
        painter.setPen(m_theme.tokens().text3);
        painter.drawText(box, Qt::AlignCenter, tr("This picture cannot be shown"));
        return;
    }
    painter.drawPixmap(0, 0, m_pixmap);
}

void ChatPicture::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy picture")), &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setImage(QImage::fromData(m_data)); });
    connect(menu->addAction(tr("Save picture…")), &QAction::triggered, this, &ChatPicture::save);
    menu->popup(event->globalPos());
}

void ChatPicture::save()
{
    QFileDialog::saveFileContent(m_data, m_name.isEmpty() ? u"picture.png"_s : m_name);
}

} // namespace Ui
