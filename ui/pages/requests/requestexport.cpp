#include "ui/pages/requests/requestexport.h"

#include <array>

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include "ui/pages/requests/requestmodel.h"
#include "ui/text/dialecttext.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int PAGE = 1000;
constexpr std::array FIELDS = {"time",        "id",         "status",      "dialect",      "method",
                               "modelAsked",  "modelUsed",  "key",         "token",        "attempts",
                               "firstByteMs", "durationMs", "inputTokens", "outputTokens", "costUsd",
                               "bytesIn",     "bytesOut",   "error"};

QVariantList valuesOf(const RequestView &request)
{
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    const auto known = [](qint64 value) { return value < 0 ? QVariant() : QVariant(value); };
    const auto out = request.tokens.candidates < 0
                         ? -1
                         : request.tokens.candidates + std::max<std::int64_t>(0, request.tokens.thoughts);
    return {QDateTime::fromMSecsSinceEpoch(request.timeMs, Qt::UTC).toString(Qt::ISODateWithMs),
            text(request.id),
            request.status,
            dialectText(request.dialect).toLower(),
            text(request.method),
            text(request.modelAsked),
            text(request.modelUsed),
            text(request.keyLabel),
            text(request.token),
            request.attempts,
            known(request.firstByteMs),
            known(request.durationMs),
            known(request.tokens.prompt),
            known(out),
            request.costMicro < 0 ? QVariant() : QVariant(static_cast<double>(request.costMicro) / 1e6),
            known(request.bytesIn),
            known(request.bytesOut),
            text(request.error)};
}

/// RFC 4180; a text that a spreadsheet would take for a formula is kept one by an apostrophe.
QByteArray csvCell(const QVariant &value)
{
    QString text = value.toString();
    if (value.typeId() == QMetaType::QString && !text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r'))
        text = u'"' + text.replace(u'"', u"\"\""_s) + u'"';
    return text.toUtf8();
}

} // namespace

RequestExport::RequestExport(Control &control, const RequestFilter &filter, const QString &path,
                             QObject *parent)
    : QObject(parent)
    , m_control(control)
    , m_query{.filter = filter, .limit = PAGE}
    , m_file(path)
    , m_isJson(path.endsWith(".jsonl"_L1, Qt::CaseInsensitive))
{
}

void RequestExport::start()
{
    if (!m_file.open(QIODevice::WriteOnly)) {
        finish(m_file.errorString());
        return;
    }
    if (!m_isJson) {
        QByteArrayList names;
        for (const char *field : FIELDS)
            names += field;
        m_file.write(names.join(',') + "\r\n");
    }
    next();
}

void RequestExport::cancel()
{
    m_isCancelled = true;
}

void RequestExport::next()
{
    m_control.records().requests(m_query, {this, [this](Result<RequestViewPage> page) {
                                               if (m_isCancelled || !page) {
                                                   finish(page ? tr("It was cancelled.")
                                                               : QString::fromStdString(page.error().text));
                                                   return;
                                               }
                                               for (const RequestView &request : page->requests)
                                                   write(request);
                                               Q_EMIT progressed(m_count);
                                               m_query.before = page->next;
                                               if (page->next > 0)
                                                   next();
                                               else
                                                   finish(m_file.commit() ? QString() : m_file.errorString());
                                           }});
}

void RequestExport::write(const RequestView &request)
{
    const QVariantList values = valuesOf(request);
    if (m_isJson) {
        QJsonObject object;
        for (std::size_t i = 0; i < FIELDS.size(); ++i) {
            const QVariant &value = values[static_cast<qsizetype>(i)];
            if (value.isValid())
                object.insert(QLatin1String(FIELDS[i]), QJsonValue::fromVariant(value));
        }
        m_file.write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    } else {
        QByteArrayList cells;
        for (const QVariant &value : values)
            cells += csvCell(value);
        m_file.write(cells.join(',') + "\r\n");
    }
    ++m_count;
}

void RequestExport::finish(const QString &failure)
{
    if (!failure.isEmpty())
        m_file.cancelWriting();
    Q_EMIT finished(m_count, failure);
    deleteLater();
}

} // namespace Ui
