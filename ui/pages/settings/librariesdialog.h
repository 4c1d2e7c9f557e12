#pragma once

#include <vector>

#include "ui/desktop.h"
#include "ui/widgets/dialog.h"

class QGridLayout;

namespace Ui {

/// The libraries that the program is made of, with versions and licences.
class LibrariesDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LibrariesDialog)

public:
    LibrariesDialog(const Theme &theme, const std::vector<Library> &libraries, QWidget *parent);

private:
    void addRow(QGridLayout *grid, const Library &library);
};

} // namespace Ui
