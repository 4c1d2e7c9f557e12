#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

class TextLabel;

/// One attempt in the timeline: which key, what came of it in Google's words, how long it took.
class AttemptLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AttemptLine)

public:
    /// `number` from 1.
    AttemptLine(const Theme &theme, int number, const QString &key, const Gateway::AttemptRecord &attempt,
                bool isLast);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    bool m_isGood;
    bool m_isLast;
};

/// Where a request's time went: failed attempts, waiting, the answer's stream.
class TimeBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeBar)

public:
    explicit TimeBar(const Theme &theme, QWidget *parent = nullptr);

    void showRequest(const Gateway::RequestDetail &detail);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Gateway::RequestDetail m_detail;
};

} // namespace Ui
