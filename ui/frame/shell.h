#pragma once

#include <functional>

#include <QString>

#include "ui/frame/page.h"

namespace Ui {

/// A word at the window's foot for 8 seconds, with what takes the act back.
struct ToastText
{
    QString iconName;
    QString text;
    QString actText = {};           ///< "Undo"; empty: no button.
    std::function<void()> act = {}; ///< The button or Ctrl+Z.
};

/// What pages may ask of the window around them.
class Shell
{
public:
    virtual ~Shell() = default;

    virtual void go(const Target &target) = 0;
    /// Replaces the one that is shown.
    virtual void toast(ToastText toast) = 0;
    /// A failure of a command, told as a toast in its own words.
    virtual void toastFailure(const Gateway::Error &error) = 0;
    /// A secret is marked as one for clipboard managers and cleared from the clipboard after 30 s.
    virtual void copy(const QString &text, bool isSecret) = 0;
};

} // namespace Ui
