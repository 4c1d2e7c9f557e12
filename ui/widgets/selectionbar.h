#pragma once

#include <QWidget>

#include "ui/theme.h"

class QHBoxLayout;

namespace Ui {

class Button;
class TextLabel;

/// What can be done with several chosen rows; between tool row and table, only while two or more are chosen.
class SelectionBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SelectionBar)

public:
    explicit SelectionBar(const Theme &theme, QWidget *parent = nullptr);

    /// Acts stand in the order they are added.
    Button *addAct(const QString &iconName, const QString &text);
    /// At the right, red.
    Button *addDanger(const QString &iconName, const QString &text);
    /// Hides below two. `text`: "3 selected".
    void showCount(int count, const QString &text);

Q_SIGNALS:
    void cleared();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    TextLabel *m_count;
    QHBoxLayout *m_acts;
    QHBoxLayout *m_right;
};

} // namespace Ui
