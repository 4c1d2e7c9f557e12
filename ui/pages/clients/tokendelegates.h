#pragma once

#include "ui/widgets/celldelegate.h"

namespace Ui {

/// A bar of the day's requests before their figures.
class TokenUseDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenUseDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

/// When it ends, or a pill when it has or is disabled.
class TokenExpiryDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenExpiryDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

/// Three dots that open the row's menu.
class MoreDelegate final : public CellDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MoreDelegate)

public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override;
};

} // namespace Ui
