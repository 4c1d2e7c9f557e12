#pragma once

#include <optional>

#include <QWidget>

#include "ui/frame/page.h"
#include "ui/pages/clients/clientcall.h"
#include "ui/pages/clients/clientstate.h"

class QComboBox;
class QHBoxLayout;
class QVBoxLayout;

namespace Ui {

class Button;
class ClientTest;
class ClientTile;
class CodeView;
class ConfigPlan;
class InlineResult;
class Pill;
class Segmented;
class TextLabel;

/// One client: the settings that point it at the gateway, as a change of its own file, as a snippet and as
/// environment; and a call as it would make it.
class ConnectCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectCard)

public:
    /// `secrets` outlives the card.
    ConnectCard(const PageParts &parts, const TokenSecrets &secrets, QWidget *parent = nullptr);
    ~ConnectCard() override;

    void showClient(const ClientRecipe &recipe, const ClientSurroundings &surroundings);
    /// Tokens, address or the client's file may be other ones.
    void refresh(const ClientSurroundings &surroundings);
    void chooseToken(Gateway::TokenId id);
    const ClientRecipe &recipe() const { return *m_recipe; }

Q_SIGNALS:
    void renewRequested(Gateway::TokenId id);
    /// A token of its own for the client of that name.
    void newTokenRequested(const QString &name);
    /// The client's file is another one now.
    void written();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class View : std::uint8_t { Write, Snippet, Environment };

    void build();
    QHBoxLayout *buildHeader();
    QHBoxLayout *buildChoices();
    QHBoxLayout *buildActs();
    QWidget *choice(TextLabel *label, QComboBox *box);
    void buildSegments();
    void askForModels();
    void fillTokens();
    void fillModels();

    const Gateway::TokenView *token() const;
    /// The chosen token's text: known since it was made here, or as the client's file has it.
    std::optional<QString> secret() const;
    Filling filling(bool isShown) const;
    bool isReady() const { return !m_surroundings.address.isEmpty() && secret().has_value(); }

    void showHeader();
    void showView();
    void showPlan();
    void showHint();
    void copyShown();
    void write(const Gateway::Result<QString> &planned, const QString &done);
    void runTest();
    void showVerdict(const ClientVerdict &verdict);

    PageParts m_parts;
    const TokenSecrets &m_secrets;
    const ClientRecipe *m_recipe;
    ClientSurroundings m_surroundings;
    ClientState m_state = ClientState::Unknown;
    std::unique_ptr<ConfigPlan> m_plan;
    View m_view = View::Snippet;
    std::vector<View> m_views;
    QStringList m_models;
    bool m_isFilling = false;

    ClientTile *m_tile;
    TextLabel *m_name;
    Pill *m_pill;
    TextLabel *m_sentence;
    Button *m_guide;
    TextLabel *m_modelLabel;
    TextLabel *m_smallLabel;
    QComboBox *m_token;
    QComboBox *m_model;
    QComboBox *m_small;
    QWidget *m_smallChoice;
    QHBoxLayout *m_segmentRow;
    Segmented *m_segments = nullptr;
    TextLabel *m_path;
    Button *m_copy;
    CodeView *m_code;
    TextLabel *m_note;
    InlineResult *m_hint;
    Button *m_write;
    Button *m_test;
    TextLabel *m_copyRemark;
    Button *m_disconnect;
    InlineResult *m_result;
    ClientTest *m_tester;
};

} // namespace Ui
