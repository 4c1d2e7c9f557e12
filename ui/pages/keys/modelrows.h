#pragma once

#include <vector>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

/// How each model sees a key: its sign and name, whether it answers, and two bars for minute and day.
class ModelRows final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelRows)

public:
    explicit ModelRows(const Theme &theme, QWidget *parent = nullptr);

    void setModels(std::vector<Gateway::KeyModelInfo> models);
    /// Moves the countdowns on.
    void tick();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Look
    {
        QString iconName;
        QString text;
        Role ink;
    };
    static Look lookOf(const Gateway::KeyModelInfo &model, qint64 nowMs);
    void paintRow(class QPainter &painter, const QRect &row, const Gateway::KeyModelInfo &model) const;
    int rowHeight() const;
    void describe();
    QString toolTipOf(const Gateway::KeyModelInfo &model) const;

    const Theme &m_theme;
    std::vector<Gateway::KeyModelInfo> m_models;
};

} // namespace Ui
