#include "ui/pages/clients/textlines.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

TextLines::TextLines(const QString &text)
    : end(text.contains("\r\n"_L1) ? u"\r\n"_s : u"\n"_s)
{
    if (text.isEmpty())
        return;
    lines = text.split(u'\n');
    isEnded = text.endsWith(u'\n');
    if (isEnded)
        lines.removeLast();
    if (end.size() == 2) {
        for (QString &line : lines) {
            if (line.endsWith(u'\r'))
                line.chop(1);
        }
    }
}

QString TextLines::joined() const
{
    return lines.join(end) + (isEnded && !lines.isEmpty() ? end : QString());
}

void TextLines::append(const QString &line)
{
    lines += line;
    isEnded = true;
}

tl::unexpected<Error> ConfigRefusal::invalid(const QString &format, int line)
{
    return fail(422, "invalid_file",
                tr("The file is no valid %1: see line %2.").arg(format).arg(line).toStdString());
}

tl::unexpected<Error> ConfigRefusal::unsafe(const QString &name)
{
    return fail(422, "unsafe_file",
                tr("“%1” is written in a way that is not changed by program. Take the snippet instead.")
                    .arg(name)
                    .toStdString());
}

} // namespace Ui
