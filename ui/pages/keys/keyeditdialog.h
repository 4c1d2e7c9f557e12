#pragma once

#include "ui/frame/page.h"
#include "ui/widgets/dialog.h"

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace Ui {

class InlineResult;

/// What a user says of one key, to be changed.
class KeyEditDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyEditDialog)

public:
    KeyEditDialog(const PageParts &parts, const Gateway::KeyInfo &key, const QStringList &projects,
                  QWidget *parent);

    /// Only what differs from before.
    Gateway::KeyPatch patch() const;
    void save();

private:
    void makeFields(const QStringList &projects);
    void layOut();
    void fill();
    QSpinBox *makeLimit(std::int64_t value);
    void addField(const QString &name, QWidget *field, int row, int column, int columns = 1);

    PageParts m_parts;
    Gateway::KeyInfo m_key;
    QGridLayout *m_grid;
    QLineEdit *m_label;
    QComboBox *m_project;
    QLineEdit *m_tags;
    QPlainTextEdit *m_note;
    QSpinBox *m_priority;
    QSpinBox *m_weight;
    QComboBox *m_tier;
    QComboBox *m_kind;
    QLineEdit *m_baseUrl;
    QSpinBox *m_minuteRequests;
    QSpinBox *m_minuteTokens;
    QSpinBox *m_dayRequests;
    QLineEdit *m_allowed;
    QLineEdit *m_denied;
    QLineEdit *m_proxy;
    InlineResult *m_result;
    Button *m_save;
};

} // namespace Ui
