#pragma once

#include <vector>

#include <QAbstractTableModel>

#include "gateway/control/control.h"

class QTimer;

namespace Ui {

/// The access tokens, as the control tells them; use is read again at most every 2 s while requests come in.
class TokensModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokensModel)

public:
    enum Column : int { Name, Token, Models, Limit, Today, Expires, More, ColumnCount };
    enum DataRole : int {
        TodayShare = Qt::UserRole + 200, ///< double, below 0: no limit.
        IsDisabled,                      ///< bool
        IsExpired,                       ///< bool
    };

    explicit TokensModel(Gateway::Control &control, QObject *parent = nullptr);

    void reload();

    const std::vector<Gateway::TokenView> &tokens() const { return m_tokens; }
    /// Null when it is not there.
    const Gateway::TokenView *find(Gateway::TokenId id) const;
    /// -1: not there.
    int rowOf(Gateway::TokenId id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// The rows are as the control told them.
    void loaded();
    /// They could not be read; the rows are as before.
    void failed(const Gateway::Error &error);

private:
    void take(std::vector<Gateway::TokenView> tokens);
    QString text(const Gateway::TokenView &token, int column) const;

    Gateway::Control &m_control;
    std::vector<Gateway::TokenView> m_tokens;
    QTimer *m_useTimer;
};

} // namespace Ui
