#pragma once

#include <cstdint>

#include <QList>
#include <QString>

namespace Ui {

/// A stretch of an answer that one widget shows.
struct ChatBlock
{
    enum class Kind : std::uint8_t { Prose, Code };

    Kind kind = Kind::Prose;
    QString text;     ///< Markdown without fences, or code.
    QString language; ///< Of code, as it was named: "python".

    bool operator==(const ChatBlock &) const = default;
};

/// Cuts Markdown at its code fences (spec.commonmark.org/0.30/#fenced-code-blocks; inside list items as
/// well), and long prose at empty lines between paragraphs, so that more text at the end changes only the
/// last block. A fence that is not closed yet reaches to the end.
QList<ChatBlock> splitMarkdown(const QString &text);

} // namespace Ui
