#pragma once

#include <QStyledItemDelegate>

#include "ui/theme.h"

namespace Ui {

/// Paints conversations (title and moment) and the headings between them.
class ChatListDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatListDelegate)

public:
    explicit ChatListDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option) const;

    const Theme &m_theme;
};

} // namespace Ui
