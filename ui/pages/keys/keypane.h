#pragma once

#include "ui/pages/keys/keyacts.h"
#include "ui/widgets/detailspane.h"

class QFormLayout;
class QTimer;

namespace Ui {

class Button;
class DayChart;
class KeyErrors;
class ModelRows;
class NameField;
class Pill;
class SecretRow;
class TextLabel;

/// All there is to know of one key, and what can be done with it.
class KeyPane final : public DetailsPane
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyPane)

public:
    KeyPane(const PageParts &parts, KeyModel &model, KeyActs &acts, QWidget *parent = nullptr);

    /// 0: none.
    void showKey(Gateway::KeyId id);
    Gateway::KeyId keyId() const { return m_key.id; }
    void editName();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addHead();
    void addState();
    void addModels();
    void addDay();
    void addErrors();
    void addSettings();
    void addFoot();
    void addLine();
    TextLabel *addSection(const QString &title, const QString &remark);
    TextLabel *addFact(const QString &name);

    void ask();
    void askForHistory();
    void showInfo(const Gateway::KeyInfo &key);
    void showState();
    void showSettings();
    void showMinutes(const Gateway::KeyHistory &minutes);
    void showDay(const Gateway::KeyHistory &day);
    void rename(const QString &label);
    void edit();
    void openMenu();

    PageParts m_parts;
    KeyModel &m_model;
    KeyActs &m_acts;
    Gateway::KeyInfo m_key;
    NameField *m_name;
    Pill *m_pill;
    TextLabel *m_back;
    TextLabel *m_reason;
    SecretRow *m_secret;
    ModelRows *m_models;
    TextLabel *m_noModels;
    TextLabel *m_calls;
    TextLabel *m_failed;
    TextLabel *m_lately;
    DayChart *m_chart;
    KeyErrors *m_errors;
    QFormLayout *m_facts;
    std::vector<TextLabel *> m_values;
    Button *m_more;
    QTimer *m_tick;
    qint64 m_historyMs = 0;
};

} // namespace Ui
