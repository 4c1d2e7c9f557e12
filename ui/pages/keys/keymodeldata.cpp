// What stands in the cells: the third part of KeyModel.
#include <QDateTime>
#include <QItemSelectionModel>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/text/format.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr double MANY_FAILED = 0.02;

QString dash()
{
    return u"–"_s;
}

bool hasManyFailures(const KeyItem &item)
{
    return item.dayFailed > 0 &&
           static_cast<double>(item.dayFailed) >= MANY_FAILED * static_cast<double>(item.dayCalls);
}

} // namespace

QVariant KeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Day ? Qt::AlignRight : Qt::AlignLeft));
    if (section == Box && role == Qt::CheckStateRole && m_selection)
        return m_allChecked;
    if (section == Box && role == Qt::AccessibleTextRole)
        return tr("Selected");
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case Status:
        return tr("Status");
    case Key:
        return tr("Key");
    case Project:
        return tr("Project");
    case Quota:
        return tr("Minute / day");
    case Day:
        return tr("24 h");
    case History:
        return tr("History, 24 h");
    case LastUsed:
        return tr("Last used");
    case LastError:
        return tr("Last error");
    default:
        return {};
    }
}

QVariant KeyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const KeyItem &item = *m_shown[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(item, column);
    case Qt::AccessibleTextRole:
        return spoken(item, column);
    case Qt::ToolTipRole:
        return toolTip(item, column);
    case Qt::CheckStateRole:
        if (column == Box && m_selection)
            return m_selection->isSelected(index) ? Qt::Checked : Qt::Unchecked;
        return {};
    case StatusRole:
        return static_cast<int>(item.key.status);
    case ReasonRole:
        return KeyWords::reason(item.key, QDateTime::currentMSecsSinceEpoch());
    case MinuteShareRole:
        return item.key.minuteShare;
    case DayShareRole:
        return item.key.dayShare;
    case CellDelegate::SecondLine:
        return secondLine(item, column);
    case CellDelegate::SecondInk:
        if (column == Day && hasManyFailures(item))
            return static_cast<int>(CellDelegate::BadText);
        return static_cast<int>(CellDelegate::Text3);
    case CellDelegate::Ink:
        return ink(item, column);
    case CellDelegate::IsFigure:
        return column == Day;
    case CellDelegate::IsStrong:
        return column == Key || column == Day;
    case CellDelegate::SecondMono:
        return column == Key && !item.key.settings.label.empty();
    case CellDelegate::IsMono:
        return column == Key && item.key.settings.label.empty();
    default:
        return {};
    }
}

QVariant KeyModel::display(const KeyItem &item, int column) const
{
    const KeyInfo &key = item.key;
    switch (column) {
    case Box: // not painted, but found by typing
    case Key:
        return item.name();
    case Status:
        return KeyWords::status(key.status);
    case Project:
        return key.settings.project.empty() ? dash() : QString::fromStdString(key.settings.project);
    case Quota:
        return tr("minute %1, day %2").arg(percentText(key.minuteShare), percentText(key.dayShare));
    case Day:
        return item.dayCalls < 0 ? dash() : countText(item.dayCalls);
    case LastUsed:
        return key.lastUsedMs == 0 ? tr("never")
                                   : agoText(key.lastUsedMs, QDateTime::currentMSecsSinceEpoch());
    case LastError:
        return KeyWords::shortError(key.lastError);
    default:
        return {};
    }
}

QVariant KeyModel::secondLine(const KeyItem &item, int column) const
{
    switch (column) {
    case Key:
        return item.key.settings.label.empty() ? QString() : QString::fromStdString(item.key.masked);
    case Day:
        return item.dayFailed < 0 ? QString() : tr("%1 failed").arg(countText(item.dayFailed));
    default:
        return {};
    }
}

QVariant KeyModel::ink(const KeyItem &item, int column) const
{
    switch (column) {
    case Project:
    case LastUsed:
        return static_cast<int>(CellDelegate::Text2);
    case LastError:
        return static_cast<int>(KeyWords::isKeyFault(item.key.lastError) ? CellDelegate::BadText
                                                                         : CellDelegate::Text2);
    default:
        return static_cast<int>(CellDelegate::Text);
    }
}

QVariant KeyModel::spoken(const KeyItem &item, int column) const
{
    switch (column) {
    case Box:
        return tr("Select %1").arg(item.name());
    case Status:
    case Key:
        return KeyWords::sentence(item, QDateTime::currentMSecsSinceEpoch());
    case History:
        return item.dayCalls < 0 ? tr("History is being read")
                                 : tr("%1 calls in 24 hours, %2 failed")
                                       .arg(countText(item.dayCalls), countText(item.dayFailed));
    case LastError:
        return item.key.lastError.empty() ? tr("No error") : QString::fromStdString(item.key.lastError);
    default:
        return display(item, column);
    }
}

QVariant KeyModel::toolTip(const KeyItem &item, int column) const
{
    switch (column) {
    case Status:
        return item.key.reason.empty() ? QVariant() : QString::fromStdString(item.key.reason).toHtmlEscaped();
    case LastUsed:
        return item.key.lastUsedMs == 0 ? QVariant() : fullMomentText(item.key.lastUsedMs);
    case LastError:
        if (item.key.lastError.empty())
            return {};
        return u"<p>%1<br>%2</p>"_s.arg(fullMomentText(item.key.lastErrorMs),
                                        QString::fromStdString(item.key.lastError).toHtmlEscaped());
    default:
        return {};
    }
}

} // namespace Ui
