#include "ui/pages/keys/addedkeys.h"

#include <algorithm>
#include <utility>

#include <QPainter>

#include "ui/pages/keys/keywords.h"
#include "ui/pages/keys/smallmono.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 32;
constexpr int PADDING = 12;
constexpr int ICON = 14;
constexpr int GAP = 8;

Role roleOf(AddedKeys::Ink ink)
{
    switch (ink) {
    case AddedKeys::Ink::Ok:
        return &Tokens::okText;
    case AddedKeys::Ink::Warn:
        return &Tokens::warnText;
    case AddedKeys::Ink::Bad:
        return &Tokens::badText;
    case AddedKeys::Ink::Idle:
        break;
    }
    return &Tokens::idleText;
}

} // namespace

AddedKeys::AddedKeys(QObject *parent)
    : QAbstractListModel(parent)
{
}

void AddedKeys::setKeys(std::vector<AddedKey> keys)
{
    beginResetModel();
    m_keys = std::move(keys);
    m_results.clear();
    endResetModel();
}

const AddedKey *AddedKeys::keyAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_keys[static_cast<std::size_t>(row)] : nullptr;
}

void AddedKeys::setChecking(bool isChecking)
{
    m_isChecking = isChecking;
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void AddedKeys::takeResults(const std::vector<CheckResult> &results)
{
    for (const CheckResult &result : results)
        m_results[result.id] = result;
    if (!results.empty() && !m_keys.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int AddedKeys::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

QString AddedKeys::nameOf(const AddedKey &key) const
{
    if (!key.label.empty() && key.verdict != KeyVerdict::Malformed)
        return QString::fromStdString(key.label);
    return key.line > 0 ? tr("Line %1").arg(key.line) : tr("Without a name");
}

AddedKeys::Look AddedKeys::lookOfFault(const std::string &note)
{
    if (note == "too_short")
        return {tr("Too short"), u"warning"_s, Ink::Warn};
    if (note == "too_long")
        return {tr("Too long"), u"warning"_s, Ink::Warn};
    return {tr("Not a Google key"), u"fail"_s, Ink::Bad};
}

AddedKeys::Look AddedKeys::lookOfResult(const CheckResult &result) const
{
    const QString word = KeyWords::verdict(result.verdict);
    switch (result.verdict) {
    case CheckVerdict::Good:
        return {word, u"ok"_s, Ink::Ok};
    case CheckVerdict::Limited:
        return {word, u"resting"_s, Ink::Warn};
    case CheckVerdict::Refused:
        return {word, u"fail"_s, Ink::Bad};
    case CheckVerdict::Unclear:
        break;
    }
    return {word, u"warning"_s, Ink::Idle};
}

AddedKeys::Look AddedKeys::lookOf(const AddedKey &key) const
{
    if (const auto found = m_results.find(key.id); key.id != 0 && found != m_results.end())
        return lookOfResult(found->second);
    switch (key.verdict) {
    case KeyVerdict::New:
        if (m_isChecking)
            return {tr("Checking…"), u"refresh"_s, Ink::Idle};
        return {key.note == "unusual" ? tr("New, unusual form") : tr("New"), u"ok"_s, Ink::Ok};
    case KeyVerdict::Restored:
        return {m_isChecking ? tr("Checking…") : tr("Back again"), u"ok"_s, Ink::Ok};
    case KeyVerdict::Known:
        return {tr("Known"), u"info"_s, Ink::Idle};
    case KeyVerdict::Repeated:
        return {tr("Twice in this text"), u"info"_s, Ink::Idle};
    case KeyVerdict::Malformed:
        break;
    }
    return lookOfFault(key.note);
}

QVariant AddedKeys::data(const QModelIndex &index, int role) const
{
    const AddedKey *key = index.isValid() ? keyAt(index.row()) : nullptr;
    if (!key)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return nameOf(*key);
    case MaskedRole:
        return QString::fromStdString(key->masked);
    case WordRole:
        return lookOf(*key).word;
    case IconRole:
        return lookOf(*key).iconName;
    case InkRole:
        return static_cast<int>(lookOf(*key).ink);
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(nameOf(*key), QString::fromStdString(key->masked), lookOf(*key).word);
    case Qt::ToolTipRole:
        if (const auto found = m_results.find(key->id); found != m_results.end())
            return u"<p>%1</p>"_s.arg(QString::fromStdString(found->second.text).toHtmlEscaped());
        return {};
    default:
        return {};
    }
}

AddedKeyDelegate::AddedKeyDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize AddedKeyDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, std::max(ROW, QFontMetrics(m_theme.font(TextStyle::Body)).height() + 10)};
}

void AddedKeyDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const Role ink = roleOf(static_cast<AddedKeys::Ink>(index.data(AddedKeys::InkRole).toInt()));
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, tokens.selection);
    painter->setPen(tokens.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRect area = option.rect.adjusted(PADDING, 0, -PADDING, 0);
    const auto draw = [&](QRect rect, const QFont &font, Role role, const QString &text, Qt::Alignment side,
                          Qt::TextElideMode mode) {
        painter->setFont(font);
        painter->setPen(tokens.*role);
        const auto flags =
            static_cast<int>(QStyle::visualAlignment(option.direction, side | Qt::AlignVCenter));
        painter->drawText(QStyle::visualRect(option.direction, area, rect), flags,
                          QFontMetrics(font).elidedText(text, mode, rect.width()));
    };
    const QRect icon(area.left(), area.top() + (area.height() - ICON) / 2, ICON, ICON);
    painter->drawPixmap(QStyle::visualRect(option.direction, area, icon).topLeft(),
                        m_theme.pixmap(index.data(AddedKeys::IconRole).toString(), ink, ICON,
                                       painter->device()->devicePixelRatioF()));
    QFont name = m_theme.font(TextStyle::Body);
    name.setWeight(QFont::Medium);
    const QFont mono = smallMono(m_theme);
    const QString word = index.data(AddedKeys::WordRole).toString();
    const int wordWidth = QFontMetrics(m_theme.font(TextStyle::Small)).horizontalAdvance(word) + 2;
    const int left = area.left() + ICON + GAP;
    // Masked texts stand below one another, whatever the verdicts are.
    const int nameWidth = (area.right() + 1 - left) / 3;
    const int maskWidth = std::max(0, area.right() + 1 - left - nameWidth - wordWidth - 2 * GAP);
    draw({left, area.top(), nameWidth, area.height()}, name, &Tokens::text, index.data().toString(),
         Qt::AlignLeft, Qt::ElideRight);
    draw({left + nameWidth + GAP, area.top(), maskWidth, area.height()}, mono, &Tokens::text2,
         index.data(AddedKeys::MaskedRole).toString(), Qt::AlignLeft, Qt::ElideMiddle);
    draw({area.right() + 1 - wordWidth, area.top(), wordWidth, area.height()}, m_theme.font(TextStyle::Small),
         ink, word, Qt::AlignRight, Qt::ElideRight);
    painter->restore();
}

} // namespace Ui
