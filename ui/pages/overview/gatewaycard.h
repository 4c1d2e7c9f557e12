#pragma once

#include "gateway/control/control.h"
#include "ui/widgets/card.h"

class QAction;
class QMenu;

namespace Ui {

class Button;
class CopyButton;
class StateDisc;
class TextLabel;

/// The gateway's state, its address, and pausing it.
class GatewayCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GatewayCard)

public:
    explicit GatewayCard(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);
    /// The models without a usable key, which make "Serving" "Partly serving".
    void showModels(const std::vector<Gateway::ModelView> &models);

Q_SIGNALS:
    /// For so long, ms; 0: until somebody resumes.
    void pauseRequested(qint64 forMs);
    void resumeRequested();

private:
    void redraw();
    QMenu *pauseMenu();

    Gateway::GatewayStatus m_status;
    QString m_missing; ///< A sentence on models that have no usable key.
    StateDisc *m_disc;
    TextLabel *m_title;
    TextLabel *m_address;
    TextLabel *m_line;
    CopyButton *m_copy;
    Button *m_pause;
    Button *m_resume;
};

} // namespace Ui
