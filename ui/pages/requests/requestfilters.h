#pragma once

#include <vector>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/frame/page.h"

class QBoxLayout;
class QComboBox;
class QFrame;
class QHBoxLayout;

namespace Ui {

class Button;
class Chip;
class SearchField;

/// The row of filters above the requests; where it is narrow, the lists among them move into a pop-over.
class RequestFilters final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestFilters)

public:
    explicit RequestFilters(const PageParts &parts, QWidget *parent = nullptr);

    /// As it is set now; times count back from this moment.
    Gateway::RequestFilter filter() const;
    /// Only the requests of a key, a span of time, a model or a token, until its chip is taken away.
    void setKey(std::int64_t id, const QString &name);
    void setSpan(qint64 fromMs, qint64 untilMs);
    void setModel(const QString &model);
    void setToken(const QString &token);
    bool isFiltered() const;
    void clear();
    void focusSearch();
    /// Clears the search; false when it was empty.
    bool clearSearch();

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMore();
    void loadChoices();
    void setFolded(bool isFolded);
    void openMore();
    void showCount();
    QComboBox *addCombo(const QString &name, const QString &any);

    PageParts m_parts;
    QHBoxLayout *m_row;
    SearchField *m_search;
    QComboBox *m_time;
    Chip *m_all;
    Chip *m_failed;
    Chip *m_retried;
    QComboBox *m_dialect;
    QComboBox *m_model;
    QComboBox *m_token;
    QComboBox *m_slow;
    QWidget *m_lists;
    QBoxLayout *m_listRow;
    Button *m_more;
    QFrame *m_popover;
    bool m_isFolded = false;
    Chip *m_keyChip = nullptr;
    Chip *m_spanChip = nullptr;
    std::int64_t m_keyId = 0;
    qint64 m_fromMs = 0;
    qint64 m_untilMs = 0;
};

} // namespace Ui
