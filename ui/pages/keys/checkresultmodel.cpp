#include "ui/pages/keys/checkresultmodel.h"

#include <algorithm>
#include <utility>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/text/format.h"
#include "ui/widgets/celldelegate.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Worst first.
int rankOf(CheckVerdict verdict)
{
    switch (verdict) {
    case CheckVerdict::Refused:
        return 0;
    case CheckVerdict::Unclear:
        return 1;
    case CheckVerdict::Limited:
        return 2;
    case CheckVerdict::Good:
        break;
    }
    return 3;
}

} // namespace

CheckResultModel::CheckResultModel(const KeyModel &keys, std::vector<CheckResult> results, QObject *parent)
    : QAbstractTableModel(parent)
{
    for (CheckResult &result : results) {
        QString name = keys.nameOf(result.id);
        m_rows.push_back({name.isEmpty() ? tr("a key that is gone") : name, std::move(result)});
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row &left, const Row &right) {
        return rankOf(left.result.verdict) < rankOf(right.result.verdict);
    });
}

int CheckResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CheckResultModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString CheckResultModel::words(const CheckResult &result)
{
    const QString code = QString::fromStdString(result.code);
    const QString text = QString::fromStdString(result.text);
    if (code.isEmpty() || text.isEmpty())
        return code.isEmpty() && text.isEmpty() ? u"–"_s : code + text;
    return code + u": "_s + text;
}

QVariant CheckResultModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == VerdictRole)
        return static_cast<int>(row.result.verdict);
    if (role == CellDelegate::IsFigure)
        return index.column() == Time;
    if (role == CellDelegate::IsStrong)
        return index.column() == Key;
    if (role == CellDelegate::Ink)
        return static_cast<int>(index.column() == Words ? CellDelegate::Text2 : CellDelegate::Text);
    if (role == Qt::ToolTipRole && index.column() == Words)
        return u"<p>%1</p>"_s.arg(words(row.result).toHtmlEscaped());
    if (role == Qt::AccessibleTextRole && index.column() == Key)
        return u"%1, %2, %3"_s.arg(row.name, KeyWords::verdict(row.result.verdict), words(row.result));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (index.column()) {
    case Key:
        return row.name;
    case Verdict:
        return KeyWords::verdict(row.result.verdict);
    case Words:
        return words(row.result);
    default:
        return durationText(row.result.durationMs);
    }
}

QVariant CheckResultModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == Time ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Key:
        return tr("Key");
    case Verdict:
        return tr("Result");
    case Words:
        return tr("In Google’s words");
    default:
        return tr("Took");
    }
}

} // namespace Ui
