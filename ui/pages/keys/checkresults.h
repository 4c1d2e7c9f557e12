#pragma once

#include <vector>

#include "gateway/control/control.h"
#include "ui/widgets/dialog.h"

namespace Ui {

class KeyModel;

/// The results of a check of keys.
class CheckResults final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CheckResults)

public:
    CheckResults(const Theme &theme, const KeyModel &keys, std::vector<Gateway::CheckResult> results,
                 QWidget *parent);

Q_SIGNALS:
    /// Those that Google refused.
    void removeRequested(const std::vector<Gateway::KeyId> &ids);
};

} // namespace Ui
