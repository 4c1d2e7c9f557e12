#pragma once

#include <cstdint>

#include <QPlainTextEdit>

#include "ui/theme.h"

namespace Ui {

class CodeColors;

enum class CodeLanguage : std::uint8_t { Plain, Json, Shell, Toml, Yaml, Python, Other };

/// Code to read: fixed font, colours, line numbers where wanted, no wrapping.
class CodeView final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeView)

public:
    /// `name` is for screen readers.
    CodeView(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setCode(const QString &code, CodeLanguage language);
    /// JSON put into lines; text that is no JSON is shown as it is. Strings over 2 KB are cut, with a sign.
    void setJson(const QByteArray &json);
    void setLineNumbers(bool isShown);
    /// As high as its text, up to `most` lines.
    void fitLines(int most);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void retheme();
    void paintNumbers(QPainter &painter, const QRect &area);

    const Theme &m_theme;
    CodeColors *m_colors;
    QWidget *m_numbers = nullptr;
};

} // namespace Ui
