#pragma once

#include <vector>

#include "ui/pages/clients/linediff.h"
#include "ui/widgets/codeview.h"

namespace Ui {

/// Fills a code view with a difference: marks in front, added and removed lines tinted.
void showDiff(CodeView &view, const Theme &theme, const std::vector<DiffLine> &lines, CodeLanguage language);
/// Plain code again, without tints.
void showCode(CodeView &view, const QString &code, CodeLanguage language);

} // namespace Ui
