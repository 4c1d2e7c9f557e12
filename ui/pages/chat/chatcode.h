#pragma once

#include <QWidget>

#include "ui/theme.h"
#include "ui/widgets/codeview.h"

class QTimer;

namespace Ui {

class Button;
class TextLabel;

/// A block of code in an answer: its language, a button that copies it, the code as high as it is.
class ChatCode final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatCode)

public:
    ChatCode(const Theme &theme, QWidget *parent = nullptr);

    /// Text that only grows is added to what is there, which is cheap.
    void setCode(const QString &code, const QString &language);
    const QString &code() const { return m_code; }
    int mark(const QString &words);

    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void copy();
    int codeHeight() const;

    const Theme &m_theme;
    QString m_code;
    QString m_language;
    TextLabel *m_name;
    Button *m_copy;
    QWidget *m_clip; ///< Cuts the view's own frame off.
    CodeView *m_view;
    QTimer *m_copied;
};

/// "python" → Python's colours; what is not known gets the common ones.
CodeLanguage codeLanguageOf(const QString &name);
/// "python" as "Python", "cpp" as "C++"; empty as "Text".
QString languageName(const QString &name);

} // namespace Ui
