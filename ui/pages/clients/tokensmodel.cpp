#include "ui/pages/clients/tokensmodel.h"

#include <algorithm>

#include <QDateTime>
#include <QTimer>

#include "ui/pages/clients/tokentexts.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int USE_MS = 2000;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Those of the setting all have id 0 and are told apart by their names.
bool isSame(const TokenView &left, const TokenView &right)
{
    return left.id == right.id && (left.id != 0 || left.settings.name == right.settings.name);
}

} // namespace

TokensModel::TokensModel(Control &control, QObject *parent)
    : QAbstractTableModel(parent)
    , m_control(control)
    , m_useTimer(new QTimer(this))
{
    m_useTimer->setSingleShot(true);
    m_useTimer->setInterval(USE_MS);
    connect(m_useTimer, &QTimer::timeout, this, &TokensModel::reload);
    connect(&control, &Control::tokensChanged, this, &TokensModel::reload);
    connect(&control, &Control::requestsRecorded, this, [this] {
        if (!m_useTimer->isActive())
            m_useTimer->start();
    });
    reload();
}

void TokensModel::reload()
{
    m_control.tokens().list({this, [this](Result<std::vector<TokenView>> answer) {
                                 if (!answer) {
                                     Q_EMIT failed(answer.error());
                                     return;
                                 }
                                 take(std::move(*answer));
                                 Q_EMIT loaded();
                             }});
}

void TokensModel::take(std::vector<TokenView> tokens)
{
    const auto isIn = [](const std::vector<TokenView> &list, const TokenView &token) {
        return std::any_of(list.begin(), list.end(),
                           [&](const TokenView &other) { return isSame(token, other); });
    };
    for (int row = static_cast<int>(std::ssize(m_tokens)) - 1; row >= 0; --row) {
        if (isIn(tokens, m_tokens[static_cast<std::size_t>(row)]))
            continue;
        beginRemoveRows({}, row, row);
        m_tokens.erase(m_tokens.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < std::ssize(tokens); ++row) {
        const auto place = m_tokens.begin() + row;
        TokenView &token = tokens[static_cast<std::size_t>(row)];
        const auto found =
            std::find_if(place, m_tokens.end(), [&](const TokenView &other) { return isSame(token, other); });
        if (found == m_tokens.end()) {
            beginInsertRows({}, row, row);
            m_tokens.insert(place, std::move(token));
            endInsertRows();
            continue;
        }
        if (found != place) {
            const int from = static_cast<int>(found - m_tokens.begin());
            beginMoveRows({}, from, from, {}, row);
            std::rotate(place, found, found + 1);
            endMoveRows();
        }
        if (m_tokens[static_cast<std::size_t>(row)] != token) {
            m_tokens[static_cast<std::size_t>(row)] = std::move(token);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

const TokenView *TokensModel::find(TokenId id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_tokens[static_cast<std::size_t>(row)];
}

int TokensModel::rowOf(TokenId id) const
{
    const auto found = std::find_if(m_tokens.begin(), m_tokens.end(),
                                    [id](const TokenView &token) { return token.id == id; });
    return found == m_tokens.end() ? -1 : static_cast<int>(found - m_tokens.begin());
}

int TokensModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tokens.size());
}

int TokensModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TokensModel::text(const TokenView &token, int column) const
{
    switch (column) {
    case Name:
        return QString::fromStdString(token.settings.name);
    case Token:
        return tokenHintText(token);
    case Models:
        return tokenModelsText(token.settings);
    case Limit:
        return tokenLimitText(token.settings.limits);
    case Today:
        return tokenTodayText(token, nowMs());
    case Expires:
        return tokenExpiryText(token.settings, nowMs());
    default:
        return {};
    }
}

QVariant TokensModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TokenView &token = m_tokens[static_cast<std::size_t>(index.row())];
    const bool isOut = !isTaken(token, nowMs());
    switch (role) {
    case Qt::DisplayRole:
        return text(token, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Models)
            return text(token, Models);
        if (index.column() == Name)
            return QString::fromStdString(token.settings.note);
        return index.column() == Limit ? QVariant(tokenLimitsText(token.settings)) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == More)
            return tr("Acts for %1").arg(text(token, Name));
        return index.column() == Name ? tokenSentence(token, nowMs()) : text(token, index.column());
    case CellDelegate::IsStrong:
        return index.column() == Name;
    case CellDelegate::IsMono:
        return index.column() == Token;
    case CellDelegate::Ink:
        return index.column() == Name && !isOut ? CellDelegate::Text
                                                : (isOut ? CellDelegate::Text3 : CellDelegate::Text2);
    case TodayShare:
        return tokenTodayShare(token, nowMs());
    case IsDisabled:
        return !token.settings.enabled;
    case IsExpired:
        return isExpired(token.settings, nowMs());
    default:
        return {};
    }
}

QVariant TokensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Token:
        return tr("Token");
    case Models:
        return tr("Models");
    case Limit:
        return tr("Limit");
    case Today:
        return tr("Today");
    case Expires:
        return tr("Expires");
    default:
        return {};
    }
}

} // namespace Ui
