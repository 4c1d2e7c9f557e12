#include "ui/pages/clients/diffview.h"

#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

QString markOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Added:
        return u"+ "_s;
    case DiffLine::Kind::Removed:
        return u"- "_s;
    case DiffLine::Kind::Gap:
        return u"⋯"_s;
    case DiffLine::Kind::Same:
        break;
    }
    return u"  "_s;
}

} // namespace

void showDiff(CodeView &view, const Theme &theme, const std::vector<DiffLine> &lines, CodeLanguage language)
{
    QStringList texts;
    for (const DiffLine &line : lines)
        texts += markOf(line.kind) + line.text;
    view.setCode(texts.join(u'\n'), language);
    QList<QTextEdit::ExtraSelection> tints;
    QTextBlock block = view.document()->firstBlock();
    for (const DiffLine &line : lines) {
        if (line.kind == DiffLine::Kind::Added || line.kind == DiffLine::Kind::Removed) {
            QTextEdit::ExtraSelection tint;
            tint.cursor = QTextCursor(block);
            tint.format.setBackground(line.kind == DiffLine::Kind::Added ? theme.tokens().okBg
                                                                         : theme.tokens().badBg);
            tint.format.setProperty(QTextFormat::FullWidthSelection, true);
            tints += tint;
        }
        block = block.next();
    }
    view.setExtraSelections(tints);
}

void showCode(CodeView &view, const QString &code, CodeLanguage language)
{
    view.setExtraSelections({});
    view.setCode(code.endsWith(u'\n') ? code.chopped(1) : code, language);
}

} // namespace Ui
