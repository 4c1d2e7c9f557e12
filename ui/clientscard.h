#pragma once

#include <QWidget>

#include "ui/theme.h"

class QGridLayout;

namespace Ui {

class CopyButton;
class TextLabel;

/// What a client's settings want: the base address for each kind of client, and once the token that was made.
class ClientsCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientsCard)

public:
    explicit ClientsCard(const Theme &theme, QWidget *parent = nullptr);

    /// `address` is "http://127.0.0.1:4364", or empty while nothing listens.
    void showAddress(const QString &address);
    /// Adds the row of the token; it is not shown again at the next start.
    void showToken(const QString &token);

private:
    struct Row
    {
        TextLabel *name = nullptr;
        TextLabel *value = nullptr;
        CopyButton *copy = nullptr;
    };
    Row addRow(const QString &name, const QString &copyText, bool isSecret);
    static void showValue(const Row &row, const QString &value);

    const Theme &m_theme;
    QGridLayout *m_grid;
    Row m_openAi;
    Row m_google;
    Row m_token;
    TextLabel *m_tokenHint;
};

} // namespace Ui
