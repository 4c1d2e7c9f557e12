#include "ui/pages/keys/keyitem.h"

#include <algorithm>
#include <utility>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

std::string folded(const QString &text)
{
    return text.toCaseFolded().toStdString();
}

} // namespace

QString naturalOrder(const QString &text)
{
    constexpr int digits = 12;
    QString order;
    order.reserve(text.size() + digits);
    const QString lower = text.toCaseFolded();
    for (qsizetype i = 0; i < lower.size();) {
        if (!lower[i].isDigit()) {
            order += lower[i++];
            continue;
        }
        qsizetype end = i;
        while (end < lower.size() && lower[end].isDigit())
            ++end;
        order += lower.mid(i, end - i).rightJustified(digits, u'0');
        i = end;
    }
    return order;
}

KeyItem::KeyItem(KeyInfo info)
    : key(std::move(info))
{
    index();
}

bool KeyItem::take(KeyInfo info)
{
    if (info == key)
        return false;
    const bool isIndexed = info.settings == key.settings && info.masked == key.masked;
    key = std::move(info);
    if (!isIndexed)
        index();
    return true;
}

QString KeyItem::name() const
{
    return QString::fromStdString(key.settings.label.empty() ? key.masked : key.settings.label);
}

/// A search over 100,000 keys has no time to fold their texts.
void KeyItem::index()
{
    const KeySettings &settings = key.settings;
    std::string all =
        settings.label + '\n' + key.masked + '\n' + settings.project + '\n' + settings.note + '\n';
    for (const std::string &tag : settings.tags)
        all += tag + '\n';
    haystack = folded(QString::fromStdString(all));
    order = naturalOrder(name());
}

KeyMatcher::KeyMatcher(const KeyFilter &filter)
    : m_needle(folded(filter.search.trimmed()))
    , m_status(filter.status)
    , m_tag(filter.tag.toStdString())
    , m_project(filter.project.toStdString())
    , m_model(filter.model.toStdString())
    , m_minFailures(filter.minFailures)
{
}

bool KeyMatcher::matches(const KeyItem &item) const
{
    const KeyInfo &key = item.key;
    const KeySettings &settings = key.settings;
    if (m_status && key.status != *m_status)
        return false;
    if (key.failures < m_minFailures || (!m_project.empty() && settings.project != m_project))
        return false;
    if (!m_tag.empty() && std::find(settings.tags.begin(), settings.tags.end(), m_tag) == settings.tags.end())
        return false;
    if (!m_model.empty() && !isModelAllowed(settings, m_model))
        return false;
    return m_needle.empty() || item.haystack.find(m_needle) != std::string::npos;
}

} // namespace Ui
