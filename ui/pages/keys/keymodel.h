#pragma once

#include <array>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <QAbstractTableModel>
#include <QStringList>

#include "gateway/control/control.h"
#include "ui/pages/keys/keyhistories.h"
#include "ui/pages/keys/keyitem.h"

class QItemSelectionModel;
class QTimer;

namespace Ui {

/// All keys of a gateway as a table that filters and sorts by itself, quickly enough for 100,000 of them.
/// What has changed is asked for by id, and only its rows are told to be other ones; a row whose value
/// changed keeps its place until the next sort, so that nothing moves under the cursor.
class KeyModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyModel)

public:
    enum Column : int { Box, Status, Key, Project, Quota, Day, History, LastUsed, LastError, Columns };
    /// Of more keys the sums of a day are not asked for: that is costly for the gateway. They sort by all
    /// calls they ever had.
    static constexpr int MOST_SUMMED = 10'000;
    enum DataRole : int {
        StatusRole = Qt::UserRole + 1, ///< int(KeyStatus)
        ReasonRole,                    ///< Below the pill.
        MinuteShareRole,               ///< 0 to 1, -1: not known.
        DayShareRole,
    };

    explicit KeyModel(Gateway::Control &control, QObject *parent = nullptr);
    ~KeyModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Asks for all keys anew.
    void reload();
    /// Whether the first list has come.
    bool isLoaded() const { return m_isLoaded; }
    /// Why the last list did not come; empty when it did.
    const QString &failure() const { return m_failure; }

    void setFilter(const KeyFilter &filter);
    const KeyFilter &filter() const { return m_filter; }

    /// The box of a row is checked when the row is selected here, the header's when all are.
    void setSelection(const QItemSelectionModel *selection);

    /// nullptr for a row that is not there.
    const Gateway::KeyInfo *keyAt(int row) const;
    const Gateway::KeyInfo *find(Gateway::KeyId id) const;
    /// -1: not in the table.
    int rowOf(Gateway::KeyId id) const;
    /// Label, else the masked text; empty when the key is gone.
    QString nameOf(Gateway::KeyId id) const;
    const KeyHistories &histories() const { return m_histories; }

    /// Of all keys, whatever is shown.
    int total() const { return static_cast<int>(m_items.size()); }
    int count(Gateway::KeyStatus status) const { return m_counts[static_cast<std::size_t>(status)]; }
    QStringList projects() const;
    QStringList tags() const;

    /// Rows `first` to `last` are on the screen: asks for their histories, and moves their countdowns on.
    void look(int first, int last);
    void tick(int first, int last);

Q_SIGNALS:
    /// Counts, or what stands in projects() and tags(), may be other ones.
    void countsChanged();
    /// Keys whose values are other ones, shown or not, or that came or went.
    void keysTouched(const std::vector<Gateway::KeyId> &ids);
    void loadFailed(const Gateway::Error &error);

private:
    using Items = std::vector<KeyItem *>;

    void want(const std::vector<Gateway::KeyId> &ids);
    void ask();
    void takeAll(std::vector<Gateway::KeyInfo> keys);
    void takeSome(const std::vector<Gateway::KeyId> &asked, std::vector<Gateway::KeyInfo> keys);
    /// Puts one key in; true when it is a new one.
    bool takeOne(Gateway::KeyInfo key, Items &changed);
    void settle(const Items &changed);
    void finishAsking();
    void recount();
    void takeSum(Gateway::KeyId id, qint64 calls, qint64 failed);
    void followSelection();

    bool isBefore(const KeyItem &left, const KeyItem &right) const;
    void order();
    /// Mixes what was appended from `from` on into the order of the rest.
    void mixIn(std::size_t from);
    void sumIfSorted();
    Items filtered() const;
    /// Makes the table show these, with as few changes as there are.
    void show(Items next);
    void removeLeft();
    void reorder(const Items &next);
    void insertNew(const Items &next);
    void number();
    void tellChanged(const Items &changed, int firstColumn, int lastColumn);

    QVariant display(const KeyItem &item, int column) const;
    QVariant secondLine(const KeyItem &item, int column) const;
    QVariant ink(const KeyItem &item, int column) const;
    QVariant spoken(const KeyItem &item, int column) const;
    QVariant toolTip(const KeyItem &item, int column) const;

    Gateway::Control &m_control;
    KeyHistories m_histories;
    std::vector<std::unique_ptr<KeyItem>> m_items; ///< In the order of the sort.
    std::unordered_map<Gateway::KeyId, KeyItem *> m_byId;
    Items m_shown;
    /// Deleted keys, until the table has let go of them.
    std::vector<std::unique_ptr<KeyItem>> m_gone;
    std::array<int, 4> m_counts{};
    KeyFilter m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    const QItemSelectionModel *m_selection = nullptr;
    Qt::CheckState m_allChecked = Qt::Unchecked;

    QTimer *m_pause; ///< Between two questions.
    std::unordered_set<Gateway::KeyId> m_wanted;
    bool m_wantsAll = false;
    bool m_isAsking = false;
    bool m_isLoaded = false;
    QString m_failure;
};

} // namespace Ui
