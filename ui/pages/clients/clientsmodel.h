#pragma once

#include <QAbstractListModel>

#include "ui/pages/clients/clientstate.h"

namespace Ui {

/// The clients in the order of the recipes, each with its state.
class ClientsModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientsModel)

public:
    enum DataRole : int {
        Letters = Qt::UserRole + 220, ///< QString
        State,                        ///< int(ClientState)
    };

    explicit ClientsModel(QObject *parent = nullptr);

    /// Looks at the clients' files anew.
    void refresh(const ClientSurroundings &surroundings);
    ClientState state(int row) const { return m_states[static_cast<std::size_t>(row)]; }
    int connectedCount() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<ClientState> m_states;
};

} // namespace Ui
