#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/theme.h"

class QCompleter;
class QLineEdit;
class QStringListModel;

namespace Ui {

class FlowLayout;

/// A few words as chips that a click takes away, and a field behind them that adds more: by Enter, by a
/// comma, or when it is left.
class ChipsEdit final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChipsEdit)

public:
    /// `name` is for screen readers: "Models".
    ChipsEdit(const Theme &theme, const QString &name, QWidget *parent = nullptr);

    void setSuggestions(const QStringList &words);
    void setWords(const QStringList &words);
    /// With what still stands in the field.
    QStringList words() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const QString &text);
    void addChip(const QString &word);

    const Theme &m_theme;
    QString m_name;
    QStringList m_words;
    FlowLayout *m_flow;
    QLineEdit *m_field;
    QStringListModel *m_suggestions;
};

} // namespace Ui
