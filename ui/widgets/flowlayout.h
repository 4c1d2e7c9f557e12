#pragma once

#include <memory>
#include <vector>

#include <QLayout>

namespace Ui {

/// Widgets side by side at their own size, in as many lines as they need.
class FlowLayout final : public QLayout
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FlowLayout)

public:
    /// `gap` in logical pixels, between widgets and lines.
    explicit FlowLayout(int gap, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void insertWidget(int index, QWidget *widget);

    void addItem(QLayoutItem *item) override;
    int count() const override;
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &area) override;

private:
    /// The height that is needed; moves the widgets when `isMoving`.
    int layOut(const QRect &area, bool isMoving) const;

    int m_gap;
    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace Ui
