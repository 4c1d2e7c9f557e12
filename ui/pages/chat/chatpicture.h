#pragma once

#include <QPixmap>
#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// A picture in a message, at most as large as its room; the context menu copies and saves it.
class ChatPicture final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatPicture)

public:
    /// `most`: the room, in logical pixels. Larger pictures are read smaller.
    ChatPicture(const Theme &theme, const QByteArray &data, const QString &name, QSize most,
                QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void save();

    const Theme &m_theme;
    QByteArray m_data;
    QString m_name;
    QPixmap m_pixmap; ///< Null: it cannot be read.
};

} // namespace Ui
