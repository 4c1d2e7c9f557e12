#pragma once

#include <QAbstractButton>
#include <QWidget>

#include "ui/theme.h"

namespace Ui {

class ChatProse;

/// The thoughts behind an answer: a line that tells how long they took, and, unfolded, what they were.
class ChatFold final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatFold)

public:
    explicit ChatFold(const Theme &theme, QWidget *parent = nullptr);

    /// `thoughtMs` below 0: not known; `isThinking`: they still come.
    void setThoughts(const QString &thoughts, qint64 thoughtMs, bool isThinking);
    bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void heightChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    const Theme &m_theme;
    QAbstractButton *m_head;
    ChatProse *m_text;
    QString m_pending;
    bool m_isOpen = false;
};

} // namespace Ui
