#pragma once

#include "ui/widgets/celldelegate.h"

namespace Ui {

/// The status: success plain with a green icon, what differs as a pill; a fork where there was more than one
/// attempt.
class StatusDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

/// The model that was asked for and the one that answered; one name where they are equal.
class ModelDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

} // namespace Ui
