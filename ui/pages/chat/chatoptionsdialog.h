#pragma once

#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatoptions.h"
#include "ui/widgets/dialog.h"

class QComboBox;
class QDoubleSpinBox;
class QPlainTextEdit;

namespace Ui {

/// How a conversation asks: what the model is told before all, its temperature, how much it thinks, and the
/// dialect that is spoken to the gateway.
class ChatOptionsDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatOptionsDialog)

public:
    ChatOptionsDialog(const Theme &theme, const ChatClient &client, const QString &system,
                      const ChatOptions &options, QWidget *parent);

Q_SIGNALS:
    void saved(const QString &system, const Ui::ChatOptions &options);

private:
    void addRow(const QString &name, const QString &help, QWidget *field);
    void save();

    ChatOptions m_options;
    QPlainTextEdit *m_system;
    QDoubleSpinBox *m_temperature;
    QComboBox *m_level;
    QComboBox *m_dialect;
};

} // namespace Ui
