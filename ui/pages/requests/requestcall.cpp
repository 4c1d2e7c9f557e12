#include "ui/pages/requests/requestcall.h"

#include <QCoreApplication>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// By the record's name of the call, where no head was kept.
QString usualPath(const RequestView &request)
{
    const QString method = QString::fromStdString(request.method);
    if (request.dialect == Dialect::Gemini)
        return u"/v1beta/models/"_s + QString::fromStdString(request.modelAsked) + u':' + method +
               (request.streamed ? u"?alt=sse"_s : QString());
    return u"/v1/"_s + QString(method).replace(u'.', u'/');
}

bool isKept(QByteArrayView name)
{
    for (const QByteArrayView kept : {"content-type", "accept", "anthropic-version", "anthropic-beta",
                                      "openai-beta", "api-revision", "x-goog-api-client"}) {
        if (name.compare(kept, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

void readHead(const QByteArray &head, RequestCall &call)
{
    const QList<QByteArray> lines = head.split('\n');
    const qsizetype space = lines.front().indexOf(' ');
    call.method = lines.front().left(space);
    call.path = QString::fromUtf8(lines.front().mid(space + 1));
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0 && isKept(QByteArrayView(line).first(colon)))
            call.headers.emplace_back(line.left(colon), line.mid(colon + 2));
    }
}

QString quoted(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

QString words(const char *text)
{
    return QCoreApplication::translate("Ui::RequestCall", text);
}

} // namespace

RequestCall callOf(const RequestDetail &detail)
{
    RequestCall call;
    if (detail.requestHead.empty()) {
        call.path = usualPath(detail.request);
        call.headers.emplace_back("content-type", "application/json");
    } else {
        readHead(QByteArray::fromStdString(detail.requestHead), call);
    }
    call.body = QByteArray::fromStdString(detail.requestBody);
    return call;
}

QString whyNotAgain(const RequestDetail &detail)
{
    if (detail.requestHead.empty())
        return words(QT_TRANSLATE_NOOP("Ui::RequestCall", "What was asked is not kept."));
    if (static_cast<std::int64_t>(detail.requestBody.size()) < detail.request.bytesIn)
        return words(QT_TRANSLATE_NOOP("Ui::RequestCall", "Only a part of what was asked is kept."));
    if (callOf(detail).path.contains(u"…"_s))
        return words(QT_TRANSLATE_NOOP("Ui::RequestCall", "Its address holds a secret, which is not kept."));
    return {};
}

QString asCurl(const RequestDetail &detail, const QString &address)
{
    const RequestCall call = callOf(detail);
    const QString host = address.isEmpty() ? u"http://127.0.0.1:4364"_s : address;
    QString line = u"curl "_s;
    const bool hasBody = call.method == "POST" || !call.body.isEmpty();
    if (call.method != "GET" && !(hasBody && call.method == "POST"))
        line += u"-X "_s + QString::fromUtf8(call.method) + u' ';
    line += quoted(host + call.path) + u" -H \"Authorization: Bearer $GEMINI_BALANCE_TOKEN\""_s;
    for (const auto &[name, value] : call.headers)
        line += u" -H "_s + quoted(QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value));
    if (hasBody)
        line += u" -d "_s + quoted(call.body.isEmpty() ? u"{}"_s : QString::fromUtf8(call.body));
    return line;
}

} // namespace Ui
