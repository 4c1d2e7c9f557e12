#include "gateway/control/control.h"

namespace Gateway {

Control::Control(QObject *parent)
    : QObject(parent)
{
}

Control::~Control() = default;

} // namespace Gateway
