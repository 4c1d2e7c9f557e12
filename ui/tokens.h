#pragma once

#include <QColor>
#include <QPalette>

namespace Ui {

/// The colours of one theme, by what they are for. Widgets name a role and never a colour.
struct Tokens
{
    QColor window, side, surface, raised, sunken, code;
    QColor border, border2, grid, track, hover, press, selection;
    QColor text, text2, text3, disabled;
    QColor accent, accentHover, accentPressed, onAccent, accentText, focus;
    QColor series;
    QColor ok, okText, okBg;
    QColor warn, warnText, warnBg;
    QColor bad, badText, badBg;
    QColor idle, idleText, idleBg;
    QColor danger; ///< Ground of a button that cannot be undone; with onAccent on it.
    QColor syntaxKey, syntaxString, syntaxNumber, syntaxWord, syntaxComment;
};

/// A role: `tokens.*role`.
using Role = QColor Tokens::*;

const Tokens &lightTokens();
const Tokens &darkTokens();

QPalette paletteOf(const Tokens &tokens);

/// Whether a palette is a dark one: its text lighter than its ground.
bool isDark(const QPalette &palette);

/// Contrast of two opaque colours, 1 to 21 (WCAG 2.1, "contrast ratio").
double contrast(const QColor &left, const QColor &right);

} // namespace Ui
