#pragma once

#include <deque>

#include <QAbstractTableModel>
#include <QTimer>

#include "gateway/control/control.h"

namespace Ui {

/// The request log, newest first, as much of it as has been looked at: pages come as the view nears the end,
/// and far from where it is they go again. New requests come in on top while they are wanted, else they are
/// counted.
class RequestModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestModel)

public:
    enum Column : int {
        Time,
        Status,
        Dialect,
        Model,
        Key,
        Token,
        FirstByte,
        Duration,
        Input,
        Output,
        Cost,
        Columns
    };
    enum DataRole : int {
        Asked = Qt::UserRole, ///< QString: the model that was asked for.
        Used,                 ///< QString: the model that answered.
        Attempts,             ///< int
        HttpStatus,           ///< int
    };

    explicit RequestModel(Gateway::Control &control, QObject *parent = nullptr);

    void setFilter(const Gateway::RequestFilter &filter);
    const Gateway::RequestFilter &filter() const { return m_filter; }
    /// From the newest on, all anew.
    void reload();
    /// Whether new requests may push the others down now; those that came meanwhile wait for a reload().
    void setLive(bool isLive);
    /// New requests that match and are not shown.
    int waiting() const { return m_waiting; }
    /// Durations above this are told as slow; below 0: none are.
    void setSlowMs(qint64 slowMs);
    /// Whether newer rows than the first were dropped; fetchNewer() brings them back.
    bool isTopDropped() const { return m_isTopDropped; }
    void fetchNewer();
    /// After rows were deleted.
    void forget(const std::vector<std::int64_t> &seqs);

    const Gateway::RequestView *request(int row) const;
    int rowOf(std::int64_t seq) const;
    bool isLoading() const { return m_isLoading; }
    /// Why the last page could not be read; empty: it could.
    const QString &failure() const { return m_failure; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void waitingChanged(int count);
    /// A page has come, or could not be read.
    void loaded();
    /// So many rows were put in (below 0: taken away) above all others, which therefore lie elsewhere.
    void shifted(int rows);

private:
    void take(const std::vector<Gateway::RequestView> &batch);
    void fetchTop();
    void append(Gateway::RequestViewPage page);
    void prepend(std::vector<Gateway::RequestView> newer);
    QString text(const Gateway::RequestView &request, int column) const;
    QVariant look(const Gateway::RequestView &request, int column, int role) const;

    Gateway::Control &m_control;
    Gateway::RequestFilter m_filter;
    std::deque<Gateway::RequestView> m_rows;
    std::int64_t m_next = 0; ///< Where older ones go on; 0: there are none.
    int m_round = 0;         ///< Answers for an earlier filter are not shown.
    int m_waiting = 0;
    qint64 m_slowMs = -1;
    bool m_isLive = true;
    bool m_isLoading = false;
    bool m_isTopDropped = false;
    QString m_failure;
    QTimer m_topTimer;
    int m_triesLeft = 0;
};

/// Whether the filter lets a new request through, as the store would.
bool matches(const Gateway::RequestFilter &filter, const Gateway::RequestView &request);

} // namespace Ui
