#pragma once

#include "ui/frame/page.h"
#include "ui/pages/clients/clientstate.h"

class QComboBox;
class QListView;

namespace Ui {

class ClientsModel;
class ConnectCard;
class TokensCard;
class TokensModel;

/// The programs that use the gateway: how each is pointed at it, and the access tokens they use.
class ClientsPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientsPage)

public:
    explicit ClientsPage(const PageParts &parts, QWidget *parent = nullptr);
    /// With other places than this user's, for tests.
    ClientsPage(const PageParts &parts, const ClientPlaces &places, QWidget *parent = nullptr);

    void goTo(const Target &target) override;
    void makeNew() override;
    void refresh() override;
    QList<QWidget *> areas() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildList();
    void build();
    void fold();
    void openClient(int row);
    void askForAdminHint();
    /// Tokens, address or files may be other ones.
    void reread();
    ClientSurroundings surroundings() const;

    ClientPlaces m_places;
    TokenSecrets m_secrets;
    QString m_adminHint;
    QString m_address; ///< As it was read last.
    TokensModel *m_tokens;
    ClientsModel *m_clients;
    QListView *m_list;
    QWidget *m_listCard;
    QComboBox *m_combo;
    ConnectCard *m_card;
    TokensCard *m_tokensCard;
    Gateway::TokenId m_issued = 0;
};

} // namespace Ui
