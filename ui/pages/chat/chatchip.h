#pragma once

#include <QAbstractButton>

#include "ui/theme.h"

namespace Ui {

/// What goes with a message, as a small piece of 28 pixels: a source with its number, or an attachment with
/// its size and a cross. The middle of a long text is left out.
class ChatChip final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatChip)

public:
    enum class Form : std::uint8_t { Source, Attachment, RemovableAttachment };

    ChatChip(const Theme &theme, Form form, const QString &text, QWidget *parent = nullptr);

    /// Left of the text: an icon of resources/icons, or a number.
    void setIconName(const QString &iconName);
    void setNumber(int number);
    /// Behind the text, paler.
    void setRemark(const QString &remark);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int leadWidth() const;

    const Theme &m_theme;
    Form m_form;
    QString m_iconName;
    QString m_number;
    QString m_remark;
};

} // namespace Ui
