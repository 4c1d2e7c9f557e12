#pragma once

#include <QStyledItemDelegate>
#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// The square with a client's letters.
void paintClientTile(QPainter &painter, const Theme &theme, const QRect &tile, const QString &letters);

/// The same as a widget of 36 pixels.
class ClientTile final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientTile)

public:
    explicit ClientTile(const Theme &theme, QWidget *parent = nullptr);

    void setLetters(const QString &letters);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_letters;
};

/// A row of the list of clients: tile, name, state.
class ClientDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientDelegate)

public:
    explicit ClientDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// The sign or word at the row's end; its width.
    int paintState(QPainter &painter, const QStyleOptionViewItem &option, const QRect &row,
                   const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace Ui
