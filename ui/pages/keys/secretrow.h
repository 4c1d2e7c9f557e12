#pragma once

#include <QWidget>

#include "ui/frame/page.h"

class QTimer;

namespace Ui {

class Button;
class ElidedText;
class TextLabel;

/// A key's masked text; on request the key itself for 30 seconds, or a copy of it.
class SecretRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretRow)

public:
    static constexpr int REVEALED_MS = 30'000;

    explicit SecretRow(const PageParts &parts, QWidget *parent = nullptr);

    /// Hides what was revealed of another key.
    void showKey(const Gateway::KeyInfo &key);
    void conceal();
    bool isRevealed() const;

Q_SIGNALS:
    void copyRequested();

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void toggle();
    void reveal(const Gateway::Secret &secret);

    PageParts m_parts;
    Gateway::KeyId m_id = 0;
    TextLabel *m_masked;
    ElidedText *m_project;
    TextLabel *m_full;
    Button *m_eye;
    QTimer *m_timer;
};

} // namespace Ui
