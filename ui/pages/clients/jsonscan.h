#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace Ui {

/// A member of an object: places in the text, the ends one behind.
struct JsonMember
{
    QString name;
    qsizetype start = 0;
    qsizetype valueStart = 0;
    qsizetype valueEnd = 0;
};

struct JsonObject
{
    qsizetype open = 0;  ///< Of its brace.
    qsizetype close = 0; ///< Of its brace.
    std::vector<JsonMember> members;

    /// The last of that name, which is the one that holds; null when there is none.
    const JsonMember *find(const QString &name) const;
};

/// Finds the parts of a JSON text with comments and trailing commas, without changing it.
class JsonScan
{
public:
    explicit JsonScan(const QString &text);

    /// Past blanks and comments.
    qsizetype skipBlank(qsizetype at) const;
    /// One behind the value that begins at `at`; absent when there is none, and then errorAt() says where.
    std::optional<qsizetype> skipValue(qsizetype at, int depth = 0);
    /// The object whose brace stands at `at`.
    std::optional<JsonObject> object(qsizetype at, int depth = 0);

    qsizetype errorAt() const { return m_errorAt; }

private:
    std::optional<qsizetype> skipString(qsizetype at);
    std::optional<qsizetype> skipArray(qsizetype at, int depth);
    std::optional<qsizetype> skipWord(qsizetype at);
    std::nullopt_t wrong(qsizetype at);
    bool isAt(QLatin1StringView part, qsizetype at) const { return QStringView(m_text).mid(at, 2) == part; }
    QChar charAt(qsizetype at) const { return at < m_text.size() ? m_text[at] : QChar(); }

    QString m_text;
    qsizetype m_errorAt = 0;
};

/// The text of a string in quotes.
QString unquotedJson(QStringView quoted);

} // namespace Ui
