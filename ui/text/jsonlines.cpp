#include "ui/text/jsonlines.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qsizetype LONGEST = 2048;
constexpr int INDENT = 2;

/// Puts known-good JSON into lines; it is not built anew, since QJsonObject would sort its keys.
class Lines
{
public:
    explicit Lines(QStringView json)
        : m_json(json)
    {
    }

    QString made()
    {
        while (m_at < m_json.size())
            step(m_json[m_at]);
        return m_out;
    }

private:
    void step(QChar letter)
    {
        switch (letter.unicode()) {
        case u'"':
            string();
            return;
        case u'{':
        case u'[':
            open(letter);
            break;
        case u'}':
        case u']':
            --m_depth;
            line();
            m_out += letter;
            break;
        case u',':
            m_out += letter;
            line();
            break;
        case u':':
            m_out += u": "_s;
            break;
        default:
            if (!letter.isSpace())
                m_out += letter;
        }
        ++m_at;
    }

    void open(QChar letter)
    {
        m_out += letter;
        qsizetype next = m_at + 1;
        while (next < m_json.size() && m_json[next].isSpace())
            ++next;
        const QChar closing = letter == u'{' ? u'}' : u']';
        if (next < m_json.size() && m_json[next] == closing) {
            m_out += closing;
            m_at = next;
            return;
        }
        ++m_depth;
        line();
    }

    void string()
    {
        const qsizetype start = m_at++;
        while (m_at < m_json.size() && m_json[m_at] != u'"')
            m_at += m_json[m_at] == u'\\' ? 2 : 1;
        ++m_at;
        const QStringView text = m_json.mid(start, m_at - start);
        if (text.size() <= LONGEST) {
            m_out += text;
            return;
        }
        m_out += text.left(LONGEST);
        m_out += u"… "_s +
                 QCoreApplication::translate("JsonLines", "(%1 more)")
                     .arg(QLocale().formattedDataSize(text.size() - LONGEST, 0)) +
                 u'"';
    }

    void line()
    {
        m_out += u'\n';
        m_out += QString(m_depth * INDENT, u' ');
    }

    QStringView m_json;
    qsizetype m_at = 0;
    int m_depth = 0;
    QString m_out;
};

} // namespace

std::optional<QString> jsonLines(const QByteArray &json)
{
    if (QJsonDocument::fromJson(json).isNull())
        return std::nullopt;
    const QString text = QString::fromUtf8(json);
    return Lines(text).made();
}

} // namespace Ui
