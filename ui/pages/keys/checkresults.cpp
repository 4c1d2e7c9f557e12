#include "ui/pages/keys/checkresults.h"

#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/pages/keys/checkresultmodel.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/widgets/celldelegate.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr QSize SIZE{860, 480};
constexpr int ROW = 36;

class VerdictDelegate final : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

protected:
    void paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const override
    {
        const auto verdict = static_cast<CheckVerdict>(index.data(CheckResultModel::VerdictRole).toInt());
        paintPill(painter, theme(), KeyWords::verdictPill(verdict), area, table()->layoutDirection());
    }
};

} // namespace

CheckResults::CheckResults(const Theme &theme, const KeyModel &keys, std::vector<CheckResult> results,
                           QWidget *parent)
    : Dialog(theme, tr("Result of the check"), parent)
{
    resize(SIZE);
    std::vector<KeyId> refused;
    for (const CheckResult &result : results) {
        if (result.verdict == CheckVerdict::Refused)
            refused.push_back(result.id);
    }
    auto *table = new TableView(theme, tr("Checked keys"), ROW);
    table->setModel(new CheckResultModel(keys, std::move(results), table));
    table->setItemDelegate(new CellDelegate(theme, table));
    table->setItemDelegateForColumn(CheckResultModel::Verdict, new VerdictDelegate(theme, table));
    table->setColumnWidths({160, 140, 280, 84}, CheckResultModel::Words, 160);
    table->setSortingEnabled(false);
    body()->addWidget(table);
    footLeft()->addStretch();
    if (!refused.empty()) {
        Button *removal = addButton(
            Button::Kind::Danger, tr("Remove %n refused key(s)", nullptr, static_cast<int>(refused.size())));
        connect(removal, &QAbstractButton::clicked, this, [this, refused] {
            Q_EMIT removeRequested(refused);
            accept();
        });
    }
    Button *done = addButton(Button::Kind::Primary, tr("Done"));
    done->setDefault(true);
    connect(done, &QAbstractButton::clicked, this, &QDialog::accept);
}

} // namespace Ui
