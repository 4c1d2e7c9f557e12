#include "ui/widgets/codecolors.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

bool isWordPart(QChar letter)
{
    return letter.isLetterOrNumber() || letter == u'_';
}

QString commentStart(CodeLanguage language)
{
    switch (language) {
    case CodeLanguage::Shell:
    case CodeLanguage::Toml:
    case CodeLanguage::Yaml:
    case CodeLanguage::Python:
        return u"#"_s;
    case CodeLanguage::Json:
    case CodeLanguage::Other:
        return u"//"_s;
    case CodeLanguage::Plain:
        break;
    }
    return {};
}

bool isLanguageWord(const QString &word, CodeLanguage language)
{
    static const QSet<QString> values{u"true"_s, u"false"_s, u"null"_s};
    static const QSet<QString> words{
        u"and"_s,      u"async"_s,   u"auto"_s,   u"await"_s,     u"bool"_s,   u"break"_s,  u"case"_s,
        u"class"_s,    u"const"_s,   u"def"_s,    u"do"_s,        u"done"_s,   u"elif"_s,   u"else"_s,
        u"export"_s,   u"extends"_s, u"fi"_s,     u"fn"_s,        u"for"_s,    u"from"_s,   u"func"_s,
        u"function"_s, u"if"_s,      u"import"_s, u"in"_s,        u"int"_s,    u"let"_s,    u"new"_s,
        u"not"_s,      u"or"_s,      u"pub"_s,    u"return"_s,    u"static"_s, u"struct"_s, u"then"_s,
        u"void"_s,     u"while"_s,   u"with"_s,   u"yield"_s,     u"None"_s,   u"True"_s,   u"False"_s,
        u"public"_s,   u"private"_s, u"switch"_s, u"namespace"_s, u"var"_s};
    const bool hasWords = language == CodeLanguage::Shell || language == CodeLanguage::Python ||
                          language == CodeLanguage::Other;
    return values.contains(word) || (hasWords && words.contains(word));
}

} // namespace

CodeColors::CodeColors(const Theme &theme, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
{
}

void CodeColors::setLanguage(CodeLanguage language)
{
    m_language = language;
}

int CodeColors::endOfString(const QString &text, int start) const
{
    const QChar quote = text[start];
    int at = start + 1;
    while (at < text.size() && text[at] != quote)
        at += text[at] == u'\\' ? 2 : 1;
    return std::min(at + 1, static_cast<int>(text.size()));
}

bool CodeColors::isKey(const QString &text, int start, int end) const
{
    const QChar sign = m_language == CodeLanguage::Toml ? u'=' : u':';
    if (m_language != CodeLanguage::Json && m_language != CodeLanguage::Yaml &&
        m_language != CodeLanguage::Toml)
        return false;
    int next = end;
    while (next < text.size() && text[next].isSpace())
        ++next;
    const bool isFirst = m_language == CodeLanguage::Json ||
                         QStringView(text).left(start).trimmed().isEmpty() ||
                         QStringView(text).left(start).trimmed() == u"-";
    return isFirst && next < text.size() && text[next] == sign;
}

void CodeColors::highlightBlock(const QString &text)
{
    if (m_language == CodeLanguage::Plain)
        return;
    const Tokens &tokens = m_theme.tokens();
    const QString comment = commentStart(m_language);
    const int length = static_cast<int>(text.size());
    for (int at = 0; at < length;) {
        const QChar letter = text[at];
        const bool isApart = at == 0 || text[at - 1].isSpace();
        if (!comment.isEmpty() && isApart && QStringView(text).mid(at).startsWith(comment)) {
            setFormat(at, length - at, tokens.syntaxComment);
            return;
        }
        if (letter == u'"' || letter == u'\'') {
            const int end = endOfString(text, at);
            setFormat(at, end - at, isKey(text, at, end) ? tokens.syntaxKey : tokens.syntaxString);
            at = end;
        } else if (letter.isDigit()) {
            const int start = at;
            while (at < length && (isWordPart(text[at]) || text[at] == u'.'))
                ++at;
            setFormat(start, at - start, tokens.syntaxNumber);
        } else if (isWordPart(letter)) {
            const int start = at;
            while (at < length && (isWordPart(text[at]) || text[at] == u'-'))
                ++at;
            if (isKey(text, start, at))
                setFormat(start, at - start, tokens.syntaxKey);
            else if (isLanguageWord(text.mid(start, at - start), m_language))
                setFormat(start, at - start, tokens.syntaxWord);
        } else {
            ++at;
        }
    }
}

} // namespace Ui
