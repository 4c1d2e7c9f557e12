#pragma once

#include <QListWidget>

#include "ui/theme.h"

namespace Ui {

/// The sections at the left of the settings; an amber dot where a change waits for a restart.
class SectionList final : public QListWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SectionList)

public:
    explicit SectionList(const Theme &theme, QWidget *parent = nullptr);

    void addSection(const QString &iconName, const QString &title);
    void setPending(int row, bool isPending);

    enum DataRole : int { IconName = Qt::UserRole, IsPending };
};

} // namespace Ui
