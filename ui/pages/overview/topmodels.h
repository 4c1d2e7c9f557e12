#pragma once

#include <vector>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

/// The models with the most requests of the period, a bar each.
class TopModels final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TopModels)

public:
    explicit TopModels(const Theme &theme, QWidget *parent = nullptr);

    /// Most requests first.
    void showModels(const std::vector<Gateway::UsageFigures> &models);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;

    const Theme &m_theme;
    std::vector<Gateway::UsageFigures> m_models;
};

} // namespace Ui
