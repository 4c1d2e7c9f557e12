#include "dialogpictures.h"

#include <memory>

#include "samplecontrol.h"
#include "ui/desktop.h"
#include "ui/frame/quitquestion.h"
#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatoptionsdialog.h"
#include "ui/pages/clients/issueddialog.h"
#include "ui/pages/clients/tokendialog.h"
#include "ui/pages/keys/addkeysdialog.h"
#include "ui/pages/keys/exportdialog.h"
#include "ui/pages/keys/keyeditdialog.h"
#include "ui/pages/keys/movedialog.h"
#include "ui/pages/settings/librariesdialog.h"
#include "ui/widgets/charttable.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

const QStringList PROJECTS{u"studio-eu"_s, u"work-lab"_s, u"private"_s};

QString pastedKeys()
{
    QString text = u"GEMINI_API_KEYS=\n"_s;
    for (int i = 0; i < 6; ++i)
        text += u"AIza"_s + QString(34, QChar(u'A' + i)) + QString::number(i) + u'\n';
    return text + u"AIzaTooShort\nAUTH_TOKEN=team\nPROXIES=socks5://10.0.0.7:1080\n"_s;
}

std::unique_ptr<QDialog> addKeys(const PageParts &parts, SampleControl &control, QWidget &window)
{
    control.others = {{FindKind::Token, "team", "…team", FindVerdict::New, {}},
                      {FindKind::Proxy, {}, "socks5://10.0.0.7:1080", FindVerdict::New, {}}};
    auto dialog = std::make_unique<AddKeysDialog>(parts, PROJECTS, &window);
    dialog->setText(pastedKeys());
    return dialog;
}

std::unique_ptr<QDialog> chartTable(const PageParts &parts, const SampleControl &control, QWidget &window)
{
    ChartData figures;
    ChartData::Series answered{u"Answered"_s, &Tokens::series, {}};
    ChartData::Series failed{u"Failed"_s, &Tokens::danger, {}};
    for (const UsageFigures &point : control.usage.points) {
        figures.starts.push_back(point.startMs);
        answered.values.push_back(static_cast<double>(point.sums.requests - point.sums.failed));
        failed.values.push_back(static_cast<double>(point.sums.failed));
    }
    figures.series = {answered, failed};
    figures.text = [](double value) { return QString::number(value); };
    return std::make_unique<ChartTable>(parts.theme, u"Requests"_s, figures, &window);
}

} // namespace

void showDialogs(const PageParts &parts, QWidget &window,
                 const std::function<void(const QString &name, QDialog &dialog)> &take)
{
    auto &control = static_cast<SampleControl &>(parts.control);
    const ChatClient client(control);
    const auto show = [&take](const QString &name, const std::unique_ptr<QDialog> &dialog) {
        dialog->show();
        take(name, *dialog);
    };
    show(u"dialog-add-keys"_s, addKeys(parts, control, window));
    show(u"dialog-edit-key"_s,
         std::make_unique<KeyEditDialog>(parts, control.keyRows.front(), PROJECTS, &window));
    show(u"dialog-export"_s, std::make_unique<ExportDialog>(parts, std::vector<KeyId>{1, 2}, 2, &window));
    show(u"dialog-move"_s, std::make_unique<MoveDialog>(parts.theme, 3, PROJECTS, &window));
    show(u"dialog-token"_s, std::make_unique<TokenDialog>(parts.theme, control, u"claude-code"_s, &window));
    TokenView whole = control.tokenRows.front();
    whole.settings.parameters = "thinking=low; system_before=\"Be brief.\"; headers=\"X-Team: a\"";
    show(u"dialog-token-whole"_s, std::make_unique<TokenDialog>(parts.theme, control, whole, &window));
    show(u"dialog-issued"_s,
         std::make_unique<IssuedDialog>(
             parts.theme, parts.shell, IssuedToken{control.tokenRows.front(), Secret("gb-sample")}, &window));
    show(u"dialog-chat-options"_s, std::make_unique<ChatOptionsDialog>(
                                       parts.theme, client, u"Answer briefly."_s, ChatOptions(), &window));
    show(u"dialog-libraries"_s,
         std::make_unique<LibrariesDialog>(parts.theme, parts.desktop->libraries(), &window));
    show(u"dialog-chart-table"_s, chartTable(parts, control, window));
    show(u"dialog-quit"_s, std::make_unique<QuitQuestion>(parts.theme, &window));
}

} // namespace Ui
