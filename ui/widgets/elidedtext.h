#pragma once

#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// A name that ends in an ellipsis where there is no room for it; then the tool tip tells it whole.
class ElidedText final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ElidedText)

public:
    ElidedText(const Theme &theme, TextStyle style, Role role, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// Leading (as it is made) or trailing.
    void setAlignment(Qt::Alignment alignment);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void followWidth();

    const Theme &m_theme;
    TextStyle m_style;
    Role m_role;
    QString m_text;
    Qt::Alignment m_alignment = Qt::AlignLeading;
};

} // namespace Ui
