#pragma once

#include "ui/theme.h"

class QWidget;

namespace Ui {

class TextLabel;

/// The fixed font in the size of captions.
QFont smallMono(const Theme &theme);

/// A label in it that shows its text as it is.
TextLabel *smallMonoLabel(const Theme &theme, Role role, QWidget *parent = nullptr);

} // namespace Ui
