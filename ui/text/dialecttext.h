#pragma once

#include <QString>

#include "gateway/control/control.h"

namespace Ui {

/// "OpenAI", "Gemini", …: names that no language translates.
QString dialectText(Gateway::Dialect dialect);

} // namespace Ui
