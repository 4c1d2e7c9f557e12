#include "ui/pages/chat/chatconversation.h"

#include <utility>

#include <QDateTime>
#include <QTimer>

#include "ui/pages/chat/chatkeyfinder.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Twelve pictures a second are read as flowing, and leave the processor to others.
constexpr int TICK_MS = 85;
constexpr qsizetype TITLE_LETTERS = 60;

QString titleOf(const ChatTurn &question)
{
    const QString text = textOf(question).simplified();
    if (!text.isEmpty())
        return text.size() <= TITLE_LETTERS ? text : text.left(TITLE_LETTERS).trimmed() + u'…';
    for (const ChatPart &part : question.parts) {
        if (!part.name.isEmpty())
            return part.name;
    }
    return ChatConversation::tr("New chat");
}

bool saysSomething(const ChatTurn &turn)
{
    for (const ChatPart &part : turn.parts) {
        if (part.kind == ChatPart::Kind::Data || (part.kind == ChatPart::Kind::Text && !part.text.isEmpty()))
            return true;
    }
    return false;
}

} // namespace

ChatConversation::ChatConversation(Control &control, ChatClient &client, ChatRow row, QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_client(client)
    , m_row(std::move(row))
    , m_tick(new QTimer(this))
{
    m_tick->setSingleShot(true);
    m_tick->setInterval(TICK_MS);
    connect(m_tick, &QTimer::timeout, this, [this] {
        if (!m_stream)
            return;
        m_items.back().turn = m_stream->turn();
        Q_EMIT changed(static_cast<int>(m_items.size()) - 1);
    });
}

ChatConversation::~ChatConversation()
{
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    m_items.back().turn = m_stream->turn();
    if (m_row.id != 0 && saysSomething(m_items.back().turn))
        m_control.chats().append(m_row.id, messageOf(m_items.back(), 0), {});
}

/// Failures come to storeFailed(); success needs no word.
template <typename T>
Reply<T> ChatConversation::telling()
{
    return {this, [this](const Result<T> &done) {
                if (!done)
                    Q_EMIT storeFailed(done.error());
            }};
}

void ChatConversation::load()
{
    m_control.chats().get(m_row.id, Reply<ChatDetail>{this, [this](const Result<ChatDetail> &detail) {
                                                          if (detail)
                                                              take(*detail);
                                                          else
                                                              Q_EMIT loadFailed(detail.error());
                                                      }});
}

void ChatConversation::take(const ChatDetail &detail)
{
    if (m_stream)
        return;
    m_row = detail.chat;
    m_items.clear();
    for (const ChatMessage &message : detail.messages)
        m_items.push_back(itemOf(message));
    Q_EMIT opened();
}

void ChatConversation::ask(ChatTurn question)
{
    if (m_stream || m_row.model.empty())
        return;
    question.isUser = true;
    if (m_row.id == 0 && m_row.title.empty()) {
        m_row.title = titleOf(question).toStdString();
        Q_EMIT rowChanged();
    }
    ChatItem item;
    item.turn = std::move(question);
    m_items.push_back(std::move(item));
    const int index = static_cast<int>(m_items.size()) - 1;
    Q_EMIT added(index);
    save(index);
    start();
}

void ChatConversation::askAgain(int answer)
{
    if (m_stream || answer <= 0 || answer >= static_cast<int>(m_items.size()))
        return;
    truncate(answer);
    start();
}

void ChatConversation::edit(int question, ChatTurn turn)
{
    if (m_stream || question < 0 || question >= static_cast<int>(m_items.size()))
        return;
    truncate(question);
    ask(std::move(turn));
}

void ChatConversation::truncate(int from)
{
    m_items.resize(static_cast<std::size_t>(from));
    Q_EMIT truncated(from);
    whenStored([this, from] { m_control.chats().truncate(m_row.id, from, telling<void>()); });
}

void ChatConversation::start()
{
    const ChatOptions options = this->options();
    ChatQuestion question;
    question.model = model();
    question.system = QString::fromStdString(m_row.system);
    question.thinks = options.thinks;
    question.thinkingLevel = options.thinkingLevel;
    question.searches = options.searches;
    question.temperature = options.temperature;
    for (const ChatItem &item : m_items) {
        if (saysSomething(item.turn))
            question.turns.append(item.turn);
    }
    ChatItem answer;
    answer.turn.isUser = false;
    answer.model = model();
    answer.isStreaming = true;
    m_items.push_back(answer);
    m_stream = m_client.ask(question, options.dialect, this);
    connect(m_stream, &ChatStream::grew, this, [this] {
        if (!m_tick->isActive())
            m_tick->start();
    });
    connect(m_stream, &ChatStream::finished, this, &ChatConversation::finishStream);
    Q_EMIT added(static_cast<int>(m_items.size()) - 1);
    Q_EMIT streamingChanged();
}

void ChatConversation::stop()
{
    if (m_stream)
        m_stream->cancel();
}

void ChatConversation::finishStream()
{
    ChatStream *stream = m_stream;
    m_stream = nullptr;
    m_tick->stop();
    const int index = static_cast<int>(m_items.size()) - 1;
    ChatItem &item = m_items.back();
    item.turn = stream->turn();
    item.usage = stream->usage();
    item.failure = stream->failure();
    item.isStreaming = false;
    item.model = stream->model();
    if (!item.failure.isSet() && !stream->stopReason().isEmpty())
        item.failure.text = tr("The model stopped early: %1").arg(stream->stopReason());
    else if (!item.failure.isSet() && !saysSomething(item.turn))
        item.failure.text = tr("No answer came.");
    item.failedAtMs = item.failure.isSet() ? QDateTime::currentMSecsSinceEpoch() : 0;
    const QString requestId = stream->requestId();
    stream->deleteLater();
    save(index);
    Q_EMIT changed(index);
    Q_EMIT streamingChanged();
    if (!requestId.isEmpty())
        findKey(index, requestId);
}

void ChatConversation::findKey(int index, const QString &requestId)
{
    const auto use = [this, index, moment = m_items[static_cast<std::size_t>(index)].usage.durationMs](
                         const QString &label) {
        const auto at = static_cast<std::size_t>(index);
        // Another answer may stand there by now.
        if (at >= m_items.size() || m_items[at].usage.durationMs != moment || m_items[at].isStreaming)
            return;
        m_items[at].keyLabel = label;
        Q_EMIT changed(index);
        whenStored([this, index, at] {
            m_control.chats().replace(m_row.id, messageOf(m_items[at], index), telling<void>());
        });
    };
    new ChatKeyFinder(m_control, requestId, use, this);
}

void ChatConversation::save(int index)
{
    whenStored([this, message = messageOf(m_items[static_cast<std::size_t>(index)], index)] {
        m_control.chats().append(m_row.id, message, telling<ChatMessage>());
    });
}

void ChatConversation::setTitle(const QString &title)
{
    const std::string text = title.trimmed().toStdString();
    if (text.empty() || text == m_row.title)
        return;
    m_row.title = text;
    ChatPatch change;
    change.title = text;
    patch(change);
}

void ChatConversation::setModel(const QString &model)
{
    if (model == this->model())
        return;
    m_row.model = model.toStdString();
    ChatPatch change;
    change.model = m_row.model;
    patch(change);
}

void ChatConversation::setSystem(const QString &system)
{
    if (system.toStdString() == m_row.system)
        return;
    m_row.system = system.toStdString();
    ChatPatch change;
    change.system = m_row.system;
    patch(change);
}

void ChatConversation::setOptions(const ChatOptions &options)
{
    if (options == this->options())
        return;
    m_row.settings = settingsOf(options);
    ChatPatch change;
    change.settings = m_row.settings;
    patch(change);
}

/// One that is not in the store yet takes it along when it is put there.
void ChatConversation::patch(ChatPatch patch)
{
    Q_EMIT rowChanged();
    if (m_row.id != 0 || m_isCreating)
        whenStored([this, patch = std::move(patch)] {
            m_control.chats().patch(m_row.id, patch, telling<ChatRow>());
        });
}

void ChatConversation::whenStored(std::function<void()> call)
{
    if (m_row.id != 0) {
        call();
        return;
    }
    m_waiting.push_back(std::move(call));
    if (!m_isCreating)
        create();
}

void ChatConversation::create()
{
    m_isCreating = true;
    m_control.chats().create(m_row, Reply<ChatRow>{this, [this](const Result<ChatRow> &row) {
                                                       m_isCreating = false;
                                                       std::vector<std::function<void()>> calls =
                                                           std::exchange(m_waiting, {});
                                                       if (!row) {
                                                           Q_EMIT storeFailed(row.error());
                                                           return;
                                                       }
                                                       m_row.id = row->id;
                                                       m_row.createdMs = row->createdMs;
                                                       m_row.updatedMs = row->updatedMs;
                                                       for (const auto &call : calls)
                                                           call();
                                                       Q_EMIT stored();
                                                   }});
}

} // namespace Ui
