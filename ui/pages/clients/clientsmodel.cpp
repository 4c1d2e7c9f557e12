#include "ui/pages/clients/clientsmodel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Ui {

ClientsModel::ClientsModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_states(clientRecipes().size(), ClientState::Unknown)
{
}

void ClientsModel::refresh(const ClientSurroundings &surroundings)
{
    for (int row = 0; row < rowCount(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        const ClientState state = clientState(clientRecipes()[at], surroundings);
        if (state == m_states[at])
            continue;
        m_states[at] = state;
        Q_EMIT dataChanged(index(row), index(row));
    }
}

int ClientsModel::connectedCount() const
{
    return static_cast<int>(std::count_if(m_states.begin(), m_states.end(), [](ClientState state) {
        return state == ClientState::Connected || state == ClientState::OldToken;
    }));
}

int ClientsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_states.size());
}

QVariant ClientsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ClientRecipe &recipe = clientRecipes()[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromUtf8(recipe.name);
    const QString word = stateText(state(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::AccessibleTextRole:
        return word.isEmpty() ? name : name + ", "_L1 + word;
    case Qt::ToolTipRole:
        return word;
    case Letters:
        return QString::fromUtf8(recipe.letters);
    case State:
        return static_cast<int>(state(index.row()));
    default:
        return {};
    }
}

} // namespace Ui
