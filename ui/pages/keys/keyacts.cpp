#include "ui/pages/keys/keyacts.h"

#include <algorithm>
#include <map>
#include <utility>

#include <QDateTime>
#include <QLocale>
#include <QMenu>

#include "ui/frame/shell.h"
#include "ui/pages/keys/exportdialog.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/movedialog.h"
#include "ui/text/format.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;
constexpr qint64 HOUR = 60 * MINUTE;

int countOf(const KeyIds &ids)
{
    return static_cast<int>(ids.size());
}

} // namespace

KeyActs::KeyActs(const PageParts &parts, KeyModel &model, QWidget *page)
    : QObject(page)
    , m_parts(parts)
    , m_model(model)
    , m_page(page)
{
}

template <typename T>
std::function<void(Result<T>)> KeyActs::told(const QString &iconName, const QString &text,
                                             std::function<void()> undo)
{
    return [this, iconName, text, undo = std::move(undo)](Result<T> result) {
        if (!result) {
            m_parts.shell.toastFailure(result.error());
            return;
        }
        // Who takes it back may do so when the page has been made anew.
        m_parts.shell.toast({iconName, text, undo ? tr("Undo") : QString(), undo});
    };
}

void KeyActs::check(const KeyIds &ids)
{
    if (ids.empty())
        return;
    m_parts.control.keys().check({CheckScope::Selected, ids},
                                 {this, [this, total = countOf(ids)](Result<CheckProgress> progress) {
                                      if (!progress) {
                                          m_parts.shell.toastFailure(progress.error());
                                          return;
                                      }
                                      if (progress->total == 0)
                                          progress->total = total;
                                      Q_EMIT checkStarted(*progress);
                                  }});
}

void KeyActs::rest(const KeyIds &ids, qint64 durationMs)
{
    KeyIds usable;
    for (const KeyId id : ids) {
        if (const KeyInfo *key = m_model.find(id); key && key->status == KeyStatus::Usable)
            usable.push_back(id);
    }
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QString text = tr("%n key(s) rest, %1", nullptr, countOf(ids)).arg(backText(now + durationMs, now));
    // Keys that rested before are not to be woken by taking this back.
    const auto undo = [control = guarded(), usable] {
        if (control)
            control->keys().lift(usable, {}, {});
    };
    m_parts.control.keys().rest(
        ids, now + durationMs,
        {this, told<void>(u"resting"_s, text, usable.empty() ? std::function<void()>() : undo)});
}

void KeyActs::useAgain(const KeyIds &ids)
{
    const KeyIds disabled = withEnabled(ids, false);
    const QString text = tr("%n key(s) are used again", nullptr, countOf(ids));
    if (!disabled.empty()) {
        KeyPatch patch;
        patch.enabled = true;
        m_parts.control.keys().patch(disabled, patch, {});
    }
    m_parts.control.keys().lift(ids, {}, {this, told<void>(u"play"_s, text)});
}

KeyIds KeyActs::withEnabled(const KeyIds &ids, bool isEnabled) const
{
    KeyIds found;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(found), [&](KeyId id) {
        const KeyInfo *key = m_model.find(id);
        return key && key->settings.enabled == isEnabled;
    });
    return found;
}

bool KeyActs::areDisabled(const KeyIds &ids) const
{
    return !ids.empty() && withEnabled(ids, true).empty();
}

void KeyActs::patch(const KeyIds &ids, const KeyPatch &patch, const QString &iconName, const QString &text,
                    std::function<void()> undo)
{
    m_parts.control.keys().patch(ids, patch,
                                 {this, told<std::vector<KeyInfo>>(iconName, text, std::move(undo))});
}

void KeyActs::setEnabled(const KeyIds &ids, bool isEnabled)
{
    const KeyIds changed = withEnabled(ids, !isEnabled);
    if (changed.empty())
        return;
    KeyPatch change;
    change.enabled = isEnabled;
    const auto undo = [control = guarded(), changed, isEnabled] {
        KeyPatch back;
        back.enabled = !isEnabled;
        if (control)
            control->keys().patch(changed, back, {});
    };
    patch(changed, change, isEnabled ? u"ok"_s : u"off"_s,
          isEnabled ? tr("%n key(s) enabled", nullptr, countOf(changed))
                    : tr("%n key(s) disabled", nullptr, countOf(changed)),
          undo);
}

void KeyActs::resetFailures(const KeyIds &ids)
{
    m_parts.control.keys().resetFailures(
        ids, {this, told<void>(u"undo"_s, tr("Failures of %n key(s) are reset", nullptr, countOf(ids)))});
}

void KeyActs::remove(const KeyIds &ids)
{
    if (ids.empty())
        return;
    const auto undo = [control = guarded(), ids] {
        if (control)
            control->keys().restore(ids, {});
    };
    m_parts.control.keys().remove(
        ids, {this, told<void>(u"trash"_s, tr("%n key(s) removed", nullptr, countOf(ids)), undo)});
}

void KeyActs::askToMove(const KeyIds &ids)
{
    auto *dialog = new MoveDialog(m_parts.theme, countOf(ids), m_model.projects(), m_page);
    connect(dialog, &MoveDialog::chosen, this, [this, ids](const QString &project) { move(ids, project); });
    dialog->open();
}

void KeyActs::move(const KeyIds &ids, const QString &project)
{
    std::map<std::string, KeyIds> before;
    for (const KeyId id : ids) {
        if (const KeyInfo *key = m_model.find(id))
            before[key->settings.project].push_back(id);
    }
    const auto undo = [control = guarded(), before] {
        for (const auto &[name, keys] : before) {
            KeyPatch back;
            back.project = name;
            if (control)
                control->keys().patch(keys, back, {});
        }
    };
    KeyPatch change;
    change.project = project.toStdString();
    patch(ids, change, u"folder"_s,
          project.isEmpty() ? tr("%n key(s) taken out of their projects", nullptr, countOf(ids))
                            : tr("%n key(s) moved to %1", nullptr, countOf(ids)).arg(project),
          undo);
}

void KeyActs::askToExport(const KeyIds &ids)
{
    auto *dialog = new ExportDialog(m_parts, ids, ids.empty() ? m_model.total() : countOf(ids), m_page);
    dialog->open();
}

void KeyActs::copyMasked(const KeyIds &ids)
{
    QStringList lines;
    for (const KeyId id : ids) {
        if (const KeyInfo *key = m_model.find(id))
            lines += QString::fromStdString(key->masked);
    }
    m_parts.shell.copy(lines.join(u'\n'), false);
}

void KeyActs::copyInFull(KeyId id)
{
    m_parts.control.keys().reveal(id, {this, [this](Result<RevealedKey> key) {
                                           if (!key) {
                                               m_parts.shell.toastFailure(key.error());
                                               return;
                                           }
                                           m_parts.shell.copy(QString::fromStdString(key->secret.reveal()),
                                                              true);
                                           m_parts.shell.toast({u"copy"_s,
                                                                tr("Key copied; it leaves the clipboard in "
                                                                   "30 seconds"),
                                                                {},
                                                                {}});
                                       }});
}

void KeyActs::showRequests(KeyId id)
{
    Target target;
    target.page = PageId::Requests;
    target.id = id;
    m_parts.shell.go(target);
}

void KeyActs::fillRestMenu(QMenu *menu, const KeyIds &ids)
{
    menu->addAction(tr("For 15 minutes"), this, [this, ids] { rest(ids, 15 * MINUTE); });
    menu->addAction(tr("For 1 hour"), this, [this, ids] { rest(ids, HOUR); });
    menu->addAction(tr("For 24 hours"), this, [this, ids] { rest(ids, 24 * HOUR); });
}

void KeyActs::fillMenu(QMenu *menu, const KeyIds &ids)
{
    if (ids.empty())
        return;
    const Theme &theme = m_parts.theme;
    fillStateActs(menu, ids);
    menu->addSeparator();
    if (ids.size() == 1)
        fillOneKeyActs(menu, ids.front());
    menu->addAction(theme.icon(u"copy"_s, &Tokens::text2), tr("Copy masked"), this,
                    [this, ids] { copyMasked(ids); });
    menu->addSeparator();
    menu->addAction(theme.icon(u"folder"_s, &Tokens::text2), tr("Move to project…"), this,
                    [this, ids] { askToMove(ids); });
    menu->addAction(theme.icon(u"export"_s, &Tokens::text2), tr("Export…"), this,
                    [this, ids] { askToExport(ids); });
    menu->addSeparator();
    QAction *removal = menu->addAction(theme.icon(u"trash"_s, &Tokens::badText), tr("Remove"), this,
                                       [this, ids] { remove(ids); });
    removal->setShortcut(QKeySequence::Delete);
}

void KeyActs::fillStateActs(QMenu *menu, const KeyIds &ids)
{
    const Theme &theme = m_parts.theme;
    menu->addAction(theme.icon(u"refresh"_s, &Tokens::text2), tr("Check"), this, [this, ids] { check(ids); });
    fillRestMenu(menu->addMenu(theme.icon(u"resting"_s, &Tokens::text2), tr("Rest")), ids);
    menu->addAction(theme.icon(u"play"_s, &Tokens::text2), tr("Use again"), this,
                    [this, ids] { useAgain(ids); });
    const bool isOff = areDisabled(ids);
    menu->addAction(theme.icon(isOff ? u"ok"_s : u"off"_s, &Tokens::text2),
                    isOff ? tr("Enable") : tr("Disable"), this,
                    [this, ids, isOff] { setEnabled(ids, isOff); });
    QAction *reset = menu->addAction(theme.icon(u"undo"_s, &Tokens::text2), tr("Reset failures"), this,
                                     [this, ids] { resetFailures(ids); });
    reset->setEnabled(std::any_of(ids.begin(), ids.end(), [this](KeyId id) {
        const KeyInfo *key = m_model.find(id);
        return key && key->failures > 0;
    }));
}

void KeyActs::fillOneKeyActs(QMenu *menu, KeyId id)
{
    const Theme &theme = m_parts.theme;
    QAction *rename = menu->addAction(theme.icon(u"edit"_s, &Tokens::text2), tr("Rename"), this,
                                      [this, id] { Q_EMIT renameRequested(id); });
    rename->setShortcut(Qt::Key_F2);
    menu->addAction(theme.icon(u"requests"_s, &Tokens::text2), tr("Show requests of this key"), this,
                    [this, id] { showRequests(id); });
    menu->addAction(theme.icon(u"copy"_s, &Tokens::text2), tr("Copy key in full"), this,
                    [this, id] { copyInFull(id); });
}

} // namespace Ui
