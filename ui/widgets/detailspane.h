#pragma once

#include <QWidget>

#include "ui/theme.h"

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace Ui {

/// The pane at a table's right: a header, a body that scrolls, a foot that stays. It hides until it is
/// opened.
class DetailsPane : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailsPane)

public:
    /// Widths in logical pixels.
    DetailsPane(const Theme &theme, int width, int minimumWidth, QWidget *parent = nullptr);

    /// Left of the header's cross.
    QHBoxLayout *header() const { return m_header; }
    QVBoxLayout *body() const { return m_body; }
    QHBoxLayout *foot() const { return m_foot; }

    QSize sizeHint() const override;

Q_SIGNALS:
    /// The cross or Esc.
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    int m_width;
    QHBoxLayout *m_header;
    QScrollArea *m_scroll;
    QVBoxLayout *m_body;
    QHBoxLayout *m_foot;
};

} // namespace Ui
