#pragma once

#include <memory>
#include <vector>

#include <QNetworkAccessManager>
#include <QObject>

#include "gateway/control/control.h"
#include "ui/owntoken.h"
#include "ui/pages/chat/chatdialect.h"
#include "ui/pages/chat/chatstream.h"

namespace Ui {

/// A model that can be asked.
struct ChatModel
{
    QString id;
    QString name; ///< For people; the id when it has none.

    bool operator==(const ChatModel &) const = default;
};

/// Asks the gateway over HTTP, as any client does: its records, limits and dialects hold for the built-in
/// chat as well.
class ChatClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatClient)

public:
    /// The address is the control's.
    explicit ChatClient(Gateway::Control &control, QObject *parent = nullptr);
    ~ChatClient() override;

    const std::vector<std::unique_ptr<ChatDialect>> &dialects() const { return m_dialects; }
    /// By its word; the usual one when it is not known.
    const ChatDialect &dialect(const QString &id) const;

    /// Begins at once; the stream belongs to the caller's `parent`.
    ChatStream *ask(const ChatQuestion &question, const QString &dialect, QObject *parent);

    /// GET /v1/models; modelsChanged() or modelsFailed() tells the end.
    void readModels();
    const QList<ChatModel> &models() const { return m_models; }

Q_SIGNALS:
    void modelsChanged();
    void modelsFailed(const Ui::ChatFailure &failure);

private:
    void sendModels(const Gateway::Secret &token, bool isSecondTry);
    void readModelList(const QByteArray &body);

    Gateway::Control &m_control;
    OwnToken m_token;
    QNetworkAccessManager m_network;
    std::vector<std::unique_ptr<ChatDialect>> m_dialects;
    QList<ChatModel> m_models;
    bool m_isReading = false;
};

} // namespace Ui
