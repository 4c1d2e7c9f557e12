#pragma once

#include <optional>

#include "gateway/control/control.h"
#include "ui/widgets/dialog.h"

class QComboBox;
class QDateEdit;
class QGridLayout;
class QLineEdit;

namespace Ui {

class Chip;
class ChipsEdit;
class InlineResult;
class LimitField;
class TextLabel;

/// Makes an access token, or edits one. Stays open until the gateway has taken it.
class TokenDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TokenDialog)

public:
    /// A new one, with a name to begin with.
    TokenDialog(const Theme &theme, Gateway::Control &control, const QString &name, QWidget *parent);
    /// That one's limits.
    TokenDialog(const Theme &theme, Gateway::Control &control, const Gateway::TokenView &token,
                QWidget *parent);

Q_SIGNALS:
    void issued(const Gateway::IssuedToken &token);
    void edited(const Gateway::TokenView &token);

private:
    TokenDialog(const Theme &theme, Gateway::Control &control, const std::optional<Gateway::TokenView> &token,
                const QString &name, QWidget *parent);

    void buildFields();
    void buildMore();
    QWidget *buildParameters();
    QWidget *labelled(const QString &label, QWidget *field, const QString &hint = {});
    void fill(const Gateway::TokenSettings &settings);
    void askForModels();
    /// Absent: something is no number, and the field is told and focused.
    std::optional<Gateway::TokenSettings> settings();
    void submit();
    void showError(const QString &text);
    void showRefusal(const Gateway::Error &error);
    void showMore(bool isShown);

    Gateway::Control &m_control;
    std::optional<Gateway::TokenView> m_token;
    QLineEdit *m_name;
    QLineEdit *m_note;
    ChipsEdit *m_models;
    ChipsEdit *m_tags;
    ChipsEdit *m_networks;
    QLineEdit *m_parameters;
    InlineResult *m_parametersError;
    LimitField *m_minuteRequests;
    LimitField *m_dayRequests;
    LimitField *m_minuteTokens;
    LimitField *m_dayTokens;
    LimitField *m_monthDollars;
    QComboBox *m_expiry;
    QDateEdit *m_date;
    std::vector<std::pair<Gateway::Dialect, Chip *>> m_dialects;
    QWidget *m_more;
    Button *m_moreButton;
    InlineResult *m_error;
    Button *m_submit;
};

} // namespace Ui
