#include "gateway/control/control.h"

#include <utility>

namespace Gateway {

Control::Control(QObject *parent)
    : QObject(parent)
{
}

Control::~Control() = default;

ActingAs::ActingAs(Control &control, std::string actor)
    : m_control(control)
    , m_before(std::exchange(control.m_actor, std::move(actor)))
{
}

ActingAs::~ActingAs()
{
    m_control.m_actor = std::move(m_before);
}

} // namespace Gateway
