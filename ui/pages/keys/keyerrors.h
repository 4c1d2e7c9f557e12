#pragma once

#include <vector>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

class QVBoxLayout;

namespace Ui {

class TextLabel;

/// The last failed requests of a key in Google's words.
class KeyErrors final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyErrors)

public:
    KeyErrors(const Theme &theme, Gateway::Control &control, QWidget *parent = nullptr);

    /// Asks for those of this key; what is shown of another one goes at once.
    void showKey(const Gateway::KeyInfo &key);

private:
    struct Fault
    {
        int status;
        QString error;
        qint64 atMs;
    };

    void ask();
    void showFaults(const std::vector<Fault> &faults);
    void addFault(const Fault &fault);
    void empty();

    const Theme &m_theme;
    Gateway::Control &m_control;
    QVBoxLayout *m_list;
    Gateway::KeyId m_id = 0;
    std::string m_lastError;
    qint64 m_lastErrorMs = 0;
    std::int64_t m_failedCalls = -1;
};

} // namespace Ui
