#pragma once

#include <QWidget>

#include "ui/frame/page.h"
#include "ui/frame/shell.h"

class QAction;
class QMenu;
class QStackedLayout;

namespace Ui {

class Button;
class EmptyState;
class TableView;
class TextLabel;
class TokensModel;

/// The access tokens with what can be done with each.
class TokensCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokensCard)

public:
    TokensCard(const PageParts &parts, TokensModel &model, QWidget *parent = nullptr);

    TableView *table() const { return m_table; }

    /// Selects it, now or when the list has come.
    void select(Gateway::TokenId id);
    /// Opens the dialog of a new one; `name` may be empty.
    void makeNew(const QString &name);
    /// Asks, then gives it a new text. One that has expired gets as long again as it had.
    void renew(Gateway::TokenId id);

Q_SIGNALS:
    /// A new token or a new text of one; the text is known only now.
    void issued(const Gateway::IssuedToken &token);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildTable();
    void build();
    void showState();
    void showFailure(const Gateway::Error &error);
    const Gateway::TokenView *current() const;
    void openMenu(const QPoint &position);
    void fillMenu(QMenu &menu, const Gateway::TokenView &token);
    void edit(const Gateway::TokenView &token);
    void setEnabled(const Gateway::TokenView &token, bool isEnabled);
    void revoke(const Gateway::TokenView &token);
    void rotate(const Gateway::TokenView &token);
    void showIssued(const Gateway::IssuedToken &token);

    PageParts m_parts;
    TokensModel &m_model;
    TableView *m_table;
    QWidget *m_tableArea;
    EmptyState *m_empty;
    EmptyState *m_failed;
    QStackedLayout *m_stack;
    Gateway::TokenId m_wanted = 0;
};

} // namespace Ui
