#pragma once

#include <QHeaderView>

#include "ui/theme.h"

namespace Ui {

/// The header of a TableView: small words, a chevron at the sorted column, a line below. A click sorts when
/// the view allows it. A column with a check box (model: Qt::CheckStateRole of the header) shows it and emits
/// checkClicked().
class TableHeader final : public QHeaderView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableHeader)

public:
    TableHeader(const Theme &theme, QWidget *parent);

    QSize sizeHint() const override;

Q_SIGNALS:
    void checkClicked(int section);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
};

/// The check box of a row or a header, in the middle of `area`.
void paintCheckBox(QPainter &painter, const Theme &theme, const QRect &area, Qt::CheckState state,
                   bool isEnabled = true);

} // namespace Ui
