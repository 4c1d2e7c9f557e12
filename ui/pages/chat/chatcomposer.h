#pragma once

#include <QList>
#include <QWidget>

#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatoptions.h"
#include "ui/theme.h"

class QComboBox;
class QMimeData;
class QPlainTextEdit;

namespace Ui {

class Button;
class InlineResult;

/// Where a question is written: attachments, the text, what the model may do, which model, and the button
/// that sends or stops. Enter sends, Shift+Enter breaks the line, Up in an empty field asks for the last
/// question.
class ChatComposer final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatComposer)

public:
    explicit ChatComposer(const Theme &theme, QWidget *parent = nullptr);

    void setModels(const QList<ChatModel> &models);
    QString model() const;
    void setModel(const QString &id);
    void setOptions(const ChatOptions &options);
    /// Whether the dialect that is spoken knows searching.
    void setCanSearch(bool canSearch);
    void setStreaming(bool isStreaming);
    /// Puts a question here to be changed.
    void edit(const ChatTurn &turn);
    /// Adds a file as an attachment; tells why it cannot.
    void attach(const QString &path);
    void takeFocus();
    void clear();

Q_SIGNALS:
    void sent(const Ui::ChatTurn &turn);
    void stopped();
    void modelChosen(const QString &id);
    void thinksChosen(bool thinks);
    void searchesChosen(bool searches);
    void lastWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeTools();
    void send();
    void fitText();
    void showButtons();
    void showAttachments();
    void chooseFiles();
    bool takeMime(const QMimeData &content);
    void addPart(const QByteArray &bytes, const QString &mimeType, const QString &name);
    qint64 attachedBytes() const;

    const Theme &m_theme;
    QWidget *m_attachments;
    QPlainTextEdit *m_text;
    Button *m_think;
    Button *m_search;
    QComboBox *m_model;
    Button *m_send;
    InlineResult *m_problem;
    QList<ChatPart> m_parts;
    bool m_isStreaming = false;
};

} // namespace Ui
