#pragma once

#include <QTextBrowser>

#include "ui/theme.h"

namespace Ui {

/// Text to read, as high as it needs to be: Markdown, or plain. It loads nothing from outside: of pictures
/// only those are shown that stand in the text itself (data: URLs), and links open in the system's browser
/// when they are pressed.
class ChatProse final : public QTextBrowser
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatProse)

public:
    enum class Form : std::uint8_t { Markdown, Plain };

    ChatProse(const Theme &theme, Form form, QWidget *parent = nullptr);

    void setText(const QString &text);
    const QString &text() const { return m_text; }
    void setInk(Role ink);
    /// Marks every place of the words; empty: none. Returns how many there are.
    int mark(const QString &words);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    /// How wide it is when nothing is wrapped.
    int idealWidth() const;

    QVariant loadResource(int type, const QUrl &name) override;

    /// Whether a link may be handed to the system.
    static bool isOpenable(const QUrl &url);

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    void render();
    void replacePictures(QTextDocument &document) const;
    void styleBlocks(QTextDocument &document) const;
    void retheme();

    const Theme &m_theme;
    Form m_form;
    Role m_ink;
    QString m_text;
    QTextDocument *m_document = nullptr; ///< The one that is shown.
};

/// Messages and composer: a step larger than other texts.
QFont chatFont(const Theme &theme);

} // namespace Ui
