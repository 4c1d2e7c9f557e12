#pragma once

#include <functional>

#include <QDialog>
#include <QString>

#include "ui/frame/page.h"

namespace Ui {

/// Opens one dialog after the other over `window`, with something in it, and hands each to `take`.
/// `parts.control` is a SampleControl.
void showDialogs(const PageParts &parts, QWidget &window,
                 const std::function<void(const QString &name, QDialog &dialog)> &take);

} // namespace Ui
