#pragma once

#include <unordered_map>
#include <vector>

#include <QAbstractListModel>
#include <QStyledItemDelegate>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

/// What a text holds, key by key in its order, and what Google says of those that were added.
class AddedKeys final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AddedKeys)

public:
    enum DataRole : int {
        MaskedRole = Qt::UserRole + 1,
        WordRole, ///< The verdict in a word.
        IconRole,
        InkRole, ///< int(Ink)
    };
    enum class Ink : std::uint8_t { Ok, Idle, Warn, Bad };

    explicit AddedKeys(QObject *parent = nullptr);

    void setKeys(std::vector<Gateway::AddedKey> keys);
    /// nullptr for a row that is not there.
    const Gateway::AddedKey *keyAt(int row) const;
    /// Added ones are being asked about.
    void setChecking(bool isChecking);
    void takeResults(const std::vector<Gateway::CheckResult> &results);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Look
    {
        QString word;
        QString iconName;
        Ink ink;
    };
    Look lookOf(const Gateway::AddedKey &key) const;
    Look lookOfResult(const Gateway::CheckResult &result) const;
    static Look lookOfFault(const std::string &note);
    QString nameOf(const Gateway::AddedKey &key) const;

    std::vector<Gateway::AddedKey> m_keys;
    std::unordered_map<Gateway::KeyId, Gateway::CheckResult> m_results;
    bool m_isChecking = false;
};

/// A row of the preview: sign, label, masked text, verdict.
class AddedKeyDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AddedKeyDelegate)

public:
    explicit AddedKeyDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace Ui
