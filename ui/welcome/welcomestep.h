#pragma once

#include <QWidget>

#include "ui/frame/page.h"

class QVBoxLayout;

namespace Ui {

/// One step of the first run: a heading, a sentence, and what the sub-class puts below. The dialog's primary
/// button does what it says.
class WelcomeStep : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomeStep)

public:
    WelcomeStep(const PageParts &parts, const QString &heading, const QString &text);

    /// The word of the primary button, and whether it can be pressed.
    virtual QString actText() const = 0;
    virtual bool canAct() const = 0;
    /// The primary button; ends in done() where the next step may come.
    virtual void act() = 0;
    /// It is shown now.
    virtual void enter() {}

Q_SIGNALS:
    /// actText() or canAct() say something else now.
    void changed();
    void done();

protected:
    const PageParts &parts() const { return m_parts; }
    QVBoxLayout *body() const { return m_body; }

private:
    PageParts m_parts;
    QVBoxLayout *m_body;
};

} // namespace Ui
