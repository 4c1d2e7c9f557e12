#include "ui/pages/requests/requestmodel.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QDateTime>

#include "ui/text/dialecttext.h"
#include "ui/text/format.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int PAGE = 200;
constexpr int WRITTEN_MS = 200; ///< Records are in the store after 250 ms at most.
constexpr int WRITTEN_TRIES = 4;
constexpr std::size_t MOST_ROWS = 6000;
constexpr std::size_t DROPPED_AT_ONCE = 2000;

qint64 outputTokens(const TokenCounts &tokens)
{
    if (tokens.candidates < 0 && tokens.thoughts < 0)
        return -1;
    return std::max<qint64>(0, tokens.candidates) + std::max<qint64>(0, tokens.thoughts);
}

QString countOrDash(qint64 count)
{
    return count < 0 ? u"–"_s : countText(count);
}

} // namespace

bool matches(const RequestFilter &filter, const RequestView &request)
{
    const QString error = QString::fromStdString(request.error);
    return request.timeMs >= filter.fromMs && (filter.untilMs == 0 || request.timeMs < filter.untilMs) &&
           (filter.statusFrom == 0 ||
            (request.status >= filter.statusFrom && request.status <= filter.statusTo)) &&
           (filter.model.empty() || filter.model == request.modelAsked ||
            filter.model == request.modelUsed) &&
           (filter.token.empty() || filter.token == request.token) &&
           (filter.keyId == 0 || filter.keyId == request.keyId) &&
           (!filter.dialect || *filter.dialect == request.dialect) &&
           request.durationMs >= filter.minDurationMs &&
           (!filter.failedOnly || request.status >= 400 || !request.error.empty()) &&
           (!filter.retriedOnly || request.attempts > 1) &&
           (filter.errorText.empty() ||
            error.contains(QString::fromStdString(filter.errorText), Qt::CaseInsensitive));
}

RequestModel::RequestModel(Control &control, QObject *parent)
    : QAbstractTableModel(parent)
    , m_control(control)
{
    m_topTimer.setSingleShot(true);
    m_topTimer.setInterval(WRITTEN_MS);
    connect(&m_topTimer, &QTimer::timeout, this, &RequestModel::fetchTop);
    connect(&control, &Control::requestsRecorded, this, &RequestModel::take);
}

void RequestModel::setFilter(const RequestFilter &filter)
{
    m_filter = filter;
    reload();
}

void RequestModel::reload()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
    m_next = 0;
    m_isTopDropped = false;
    m_isLoading = true;
    m_waiting = 0;
    Q_EMIT waitingChanged(0);
    m_control.records().requests({.filter = m_filter, .limit = PAGE},
                                 {this, [this, round = ++m_round](Result<RequestViewPage> page) {
                                      if (round != m_round)
                                          return;
                                      m_isLoading = false;
                                      m_failure =
                                          page ? QString() : QString::fromStdString(page.error().text);
                                      if (page)
                                          append(std::move(*page));
                                      Q_EMIT loaded();
                                  }});
}

bool RequestModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_next > 0 && !m_isLoading;
}

void RequestModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_isLoading = true;
    m_control.records().requests({.filter = m_filter, .before = m_next, .limit = PAGE},
                                 {this, [this, round = m_round](Result<RequestViewPage> page) {
                                      if (round != m_round)
                                          return;
                                      m_isLoading = false;
                                      m_failure =
                                          page ? QString() : QString::fromStdString(page.error().text);
                                      if (page)
                                          append(std::move(*page));
                                      Q_EMIT loaded();
                                  }});
}

void RequestModel::append(RequestViewPage page)
{
    m_next = page.next;
    if (!page.requests.empty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(page.requests.size()) - 1);
        std::move(page.requests.begin(), page.requests.end(), std::back_inserter(m_rows));
        endInsertRows();
    }
    if (m_rows.size() <= MOST_ROWS)
        return;
    const int dropped = static_cast<int>(DROPPED_AT_ONCE);
    beginRemoveRows({}, 0, dropped - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + dropped);
    endRemoveRows();
    m_isTopDropped = true;
    Q_EMIT shifted(-dropped);
}

void RequestModel::fetchNewer()
{
    if (!m_isTopDropped || m_isLoading || m_rows.empty())
        return;
    m_isLoading = true;
    m_control.records().requests({.filter = m_filter, .after = m_rows.front().seq, .limit = PAGE},
                                 {this, [this, round = m_round](Result<RequestViewPage> page) {
                                      if (round != m_round)
                                          return;
                                      m_isLoading = false;
                                      if (!page)
                                          return;
                                      m_isTopDropped = page->next > 0;
                                      prepend(std::move(page->requests));
                                  }});
}

void RequestModel::prepend(std::vector<RequestView> newer)
{
    if (newer.empty())
        return;
    const int count = static_cast<int>(newer.size());
    beginInsertRows({}, 0, count - 1);
    m_rows.insert(m_rows.begin(), std::make_move_iterator(newer.begin()),
                  std::make_move_iterator(newer.end()));
    endInsertRows();
    Q_EMIT shifted(count);
    if (m_rows.size() <= MOST_ROWS)
        return;
    const int first = static_cast<int>(m_rows.size() - DROPPED_AT_ONCE);
    beginRemoveRows({}, first, static_cast<int>(m_rows.size()) - 1);
    m_rows.erase(m_rows.begin() + first, m_rows.end());
    endRemoveRows();
    m_next = m_rows.back().seq;
}

/// What is told live has no place in the log yet: it is fetched once it is written.
void RequestModel::take(const std::vector<RequestView> &batch)
{
    const auto fresh = std::count_if(batch.begin(), batch.end(), [this](const RequestView &request) {
        return matches(m_filter, request);
    });
    if (fresh == 0)
        return;
    if (m_isLive && !m_isTopDropped && m_waiting == 0) {
        m_triesLeft = WRITTEN_TRIES;
        if (!m_topTimer.isActive())
            m_topTimer.start();
        return;
    }
    m_waiting += static_cast<int>(fresh);
    Q_EMIT waitingChanged(m_waiting);
}

void RequestModel::fetchTop()
{
    if (m_rows.empty()) {
        reload();
        return;
    }
    m_control.records().requests({.filter = m_filter, .after = m_rows.front().seq, .limit = PAGE},
                                 {this, [this, round = m_round](Result<RequestViewPage> page) {
                                      if (round != m_round || !page)
                                          return;
                                      if (page->next > 0) {
                                          reload(); // more than a page in so short a time
                                      } else if (!page->requests.empty()) {
                                          prepend(std::move(page->requests));
                                      } else if (--m_triesLeft > 0) {
                                          m_topTimer.start();
                                      }
                                  }});
}

void RequestModel::setLive(bool isLive)
{
    m_isLive = isLive;
}

void RequestModel::setSlowMs(qint64 slowMs)
{
    m_slowMs = slowMs;
}

void RequestModel::forget(const std::vector<std::int64_t> &seqs)
{
    for (const std::int64_t seq : seqs) {
        const int row = rowOf(seq);
        if (row < 0)
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

const RequestView *RequestModel::request(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int RequestModel::rowOf(std::int64_t seq) const
{
    const auto found =
        std::lower_bound(m_rows.begin(), m_rows.end(), seq,
                         [](const RequestView &row, std::int64_t wanted) { return row.seq > wanted; });
    return found == m_rows.end() || found->seq != seq ? -1 : static_cast<int>(found - m_rows.begin());
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString RequestModel::text(const RequestView &request, int column) const
{
    switch (column) {
    case Time:
        return momentText(request.timeMs, QDateTime::currentMSecsSinceEpoch());
    case Status:
        return QString::number(request.status);
    case Dialect:
        return dialectText(request.dialect);
    case Model:
        return QString::fromStdString(request.modelUsed.empty() ? request.modelAsked : request.modelUsed);
    case Key:
        return request.keyLabel.empty() ? u"–"_s : QString::fromStdString(request.keyLabel);
    case Token:
        return request.token.empty() ? u"–"_s : QString::fromStdString(request.token);
    case FirstByte:
        return durationText(request.firstByteMs);
    case Duration:
        return durationText(request.durationMs);
    case Input:
        return countOrDash(request.tokens.prompt);
    case Output:
        return countOrDash(outputTokens(request.tokens));
    case Cost:
        return costText(request.costMicro);
    default:
        return {};
    }
}

QVariant RequestModel::look(const RequestView &request, int column, int role) const
{
    switch (role) {
    case CellDelegate::IsFigure:
        return column >= FirstByte;
    case CellDelegate::Ink:
        if (column == Duration && m_slowMs >= 0 && request.durationMs > m_slowMs)
            return CellDelegate::WarnText;
        return column == Model ? CellDelegate::Text : CellDelegate::Text2;
    case CellDelegate::IsStrong:
        return column == Model;
    case Asked:
        return QString::fromStdString(request.modelAsked);
    case Used:
        return QString::fromStdString(request.modelUsed);
    case Attempts:
        return request.attempts;
    case HttpStatus:
        return request.status;
    default:
        return {};
    }
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    const RequestView *row = request(index.row());
    if (!row)
        return {};
    if (role == Qt::DisplayRole)
        return text(*row, index.column());
    if (role == Qt::ToolTipRole && index.column() == Status) {
        const QString attempts = row->attempts > 1 ? tr("%n attempts", nullptr, row->attempts) : QString();
        const QString error = QString::fromStdString(row->error);
        return QStringList{attempts, error}.join(attempts.isEmpty() || error.isEmpty() ? u""_s : u"\n"_s);
    }
    if (role == Qt::ToolTipRole && index.column() == Time)
        return fullMomentText(row->timeMs);
    if (role == Qt::AccessibleTextRole)
        //: status, dialect, model, key, duration of a request
        return tr("%1, %2, %3, key %4, %5")
            .arg(text(*row, Status), text(*row, Dialect), text(*row, Model), text(*row, Key),
                 text(*row, Duration));
    return look(*row, index.column(), role);
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(section >= FirstByte ? Qt::AlignRight | Qt::AlignVCenter
                                        : Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array names = {tr("Time"), tr("Status"), tr("Dialect"),  tr("Model asked → used"),
                              tr("Key"),  tr("Token"),  tr("1st byte"), tr("Duration"),
                              tr("In"),   tr("Out"),    tr("Cost")};
    return names[static_cast<std::size_t>(section)];
}

} // namespace Ui
