#include "ui/tokens.h"

#include <algorithm>
#include <cmath>

namespace Ui {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

const Tokens &lightTokens()
{
    static const Tokens tokens{
        .window = 0xF6F7F9,
        .side = 0xEEF0F3,
        .surface = 0xFFFFFF,
        .raised = 0xFFFFFF,
        .sunken = 0xF2F4F7,
        .code = 0xF6F7F9,
        .border = 0xE2E5EA,
        .border2 = 0xC9CED7,
        .grid = 0xEEF0F3,
        .track = 0xE7EAEF,
        .hover = 0xF2F4F7,
        .press = 0xE7EAEF,
        .selection = 0xECEDFC,
        .text = 0x1B1E25,
        .text2 = 0x474D59,
        .text3 = 0x656C7A,
        .disabled = 0xA0A6B1,
        .accent = 0x4A55D4,
        .accentHover = 0x3F49BF,
        .accentPressed = 0x353EA6,
        .onAccent = 0xFFFFFF,
        .accentText = 0x3F49C4,
        .focus = 0x4A55D4,
        .series = 0x7B84E4,
        .ok = 0x1F9D5B,
        .okText = 0x15703F,
        .okBg = 0xE3F4EA,
        .warn = 0xC9820B,
        .warnText = 0x855000,
        .warnBg = 0xFCF0D8,
        .bad = 0xD9453B,
        .badText = 0xB3261E,
        .badBg = 0xFCE9E7,
        .idle = 0x878E9B,
        .idleText = 0x565D6A,
        .idleBg = 0xECEEF2,
        .danger = 0xC5352B,
        .syntaxKey = 0x2F5FC4,
        .syntaxString = 0x1B7A48,
        .syntaxNumber = 0xA2560B,
        .syntaxWord = 0x7A3EB8,
        .syntaxComment = 0x6A7180,
    };
    return tokens;
}

const Tokens &darkTokens()
{
    static const Tokens tokens{
        .window = 0x16181C,
        .side = 0x111316,
        .surface = 0x1D2025,
        .raised = 0x24282F,
        .sunken = 0x17191E,
        .code = 0x16181C,
        .border = 0x2B3037,
        .border2 = 0x414852,
        .grid = 0x262A31,
        .track = 0x2D3239,
        .hover = 0x23272D,
        .press = 0x2A2F36,
        .selection = 0x272B4A,
        .text = 0xE9EBEE,
        .text2 = 0xBBC1CA,
        .text3 = 0x959CA9,
        .disabled = 0x5C6370,
        .accent = 0x5D68E8,
        .accentHover = 0x5560DC,
        .accentPressed = 0x4A54CB,
        .onAccent = 0xFFFFFF,
        .accentText = 0xA5ADFF,
        .focus = 0x8E97FF,
        .series = 0x7C86F0,
        .ok = 0x3DBE78,
        .okText = 0x6BD499,
        .okBg = 0x173127,
        .warn = 0xE0A234,
        .warnText = 0xF0BE68,
        .warnBg = 0x352A14,
        .bad = 0xE5584E,
        .badText = 0xFF9A91,
        .badBg = 0x3A1F1F,
        .idle = 0x6E7683,
        .idleText = 0xA9B0BB,
        .idleBg = 0x292E35,
        .danger = 0xC5352B,
        .syntaxKey = 0x8FB4FF,
        .syntaxString = 0x7FD6A0,
        .syntaxNumber = 0xF0B072,
        .syntaxWord = 0xC99BF5,
        .syntaxComment = 0x8A92A0,
    };
    return tokens;
}

QPalette paletteOf(const Tokens &tokens)
{
    QPalette palette(tokens.text, tokens.raised, tokens.border, tokens.border2, tokens.idle, tokens.text,
                     tokens.onAccent, tokens.surface, tokens.window);
    palette.setColor(QPalette::AlternateBase, tokens.sunken);
    palette.setColor(QPalette::ToolTipBase, tokens.raised);
    palette.setColor(QPalette::ToolTipText, tokens.text);
    palette.setColor(QPalette::PlaceholderText, tokens.text3);
    palette.setColor(QPalette::Highlight, tokens.selection);
    palette.setColor(QPalette::HighlightedText, tokens.text);
    palette.setColor(QPalette::Link, tokens.accentText);
    palette.setColor(QPalette::LinkVisited, tokens.accentText);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, tokens.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, tokens.sunken);
    palette.setColor(QPalette::Disabled, QPalette::Button, tokens.sunken);
    return palette;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

double contrast(const QColor &left, const QColor &right)
{
    const auto [darker, lighter] = std::minmax({luminance(left), luminance(right)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace Ui
