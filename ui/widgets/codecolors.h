#pragma once

#include <QSyntaxHighlighter>

#include "ui/theme.h"
#include "ui/widgets/codeview.h"

namespace Ui {

/// Colours of code: strings, numbers, words of the language, comments, and keys where the language has them.
class CodeColors final : public QSyntaxHighlighter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeColors)

public:
    CodeColors(const Theme &theme, QTextDocument *document);

    void setLanguage(CodeLanguage language);

protected:
    void highlightBlock(const QString &text) override;

private:
    int endOfString(const QString &text, int start) const;
    bool isKey(const QString &text, int start, int end) const;

    const Theme &m_theme;
    CodeLanguage m_language = CodeLanguage::Plain;
};

} // namespace Ui
