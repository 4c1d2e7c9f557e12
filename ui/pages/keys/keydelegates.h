#pragma once

#include <QCache>
#include <QPixmap>

#include "ui/widgets/celldelegate.h"

namespace Ui {

class KeyModel;

/// A key's status as a pill, and why below it.
class KeyStatusDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyStatusDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

/// How full a key's minute and day are, as two bars.
class KeyQuotaDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyQuotaDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

/// A key's last 24 hours; the tool tip tells one span of it.
class KeyHistoryDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyHistoryDelegate)

public:
    KeyHistoryDelegate(const Theme &theme, TableView *table, const KeyModel &model);

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;

private:
    QPixmap strip(qint64 id, QSize size, qreal ratio) const;

    const KeyModel &m_model;
    mutable QCache<qint64, QPixmap> m_strips; ///< By key; dropped when its history is a new one.
};

} // namespace Ui
