#pragma once

#include <QLineEdit>

#include "ui/theme.h"

class QAction;
class QTimer;

namespace Ui {

/// A field to search with: a lens, the key cap "Ctrl F" while it is empty, a cross that clears it.
class SearchField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SearchField)

public:
    SearchField(const Theme &theme, const QString &placeholder, QWidget *parent = nullptr);

    QSize sizeHint() const override;

Q_SIGNALS:
    /// 150 ms after the last stroke, and at once when it was cleared.
    void searched(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void retheme();

    const Theme &m_theme;
    QAction *m_clear;
    QTimer *m_timer;
};

} // namespace Ui
