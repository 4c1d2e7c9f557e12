#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QPointer>

#include "ui/frame/page.h"

class QMenu;

namespace Ui {

class KeyModel;

using KeyIds = std::vector<Gateway::KeyId>;

/// What can be done with keys. What can be taken back happens at once and says how to take it back.
class KeyActs final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeyActs)

public:
    /// Dialogs stand over `page`.
    KeyActs(const PageParts &parts, KeyModel &model, QWidget *page);

    void check(const KeyIds &ids);
    void rest(const KeyIds &ids, qint64 durationMs);
    void useAgain(const KeyIds &ids);
    void setEnabled(const KeyIds &ids, bool isEnabled);
    void resetFailures(const KeyIds &ids);
    void remove(const KeyIds &ids);
    /// Asks where to.
    void askToMove(const KeyIds &ids);
    void move(const KeyIds &ids, const QString &project);
    /// Asks how and where to; no ids: all keys.
    void askToExport(const KeyIds &ids);
    void copyMasked(const KeyIds &ids);
    void copyInFull(Gateway::KeyId id);
    void showRequests(Gateway::KeyId id);

    void fillRestMenu(QMenu *menu, const KeyIds &ids);
    /// All of these acts, as far as they make sense for the keys.
    void fillMenu(QMenu *menu, const KeyIds &ids);
    /// Whether every one of them is disabled.
    bool areDisabled(const KeyIds &ids) const;

Q_SIGNALS:
    void renameRequested(qint64 id);
    /// A check was asked for; `total` keys.
    void checkStarted(const Gateway::CheckProgress &progress);

private:
    /// For what may be taken back when the gateway was changed for another one.
    QPointer<Gateway::Control> guarded() const { return &m_parts.control; }
    KeyIds withEnabled(const KeyIds &ids, bool isEnabled) const;
    void fillStateActs(QMenu *menu, const KeyIds &ids);
    void fillOneKeyActs(QMenu *menu, Gateway::KeyId id);
    /// Tells a failure; else the text, with what takes it back.
    template <typename T>
    std::function<void(Gateway::Result<T>)> told(const QString &iconName, const QString &text,
                                                 std::function<void()> undo = {});
    void patch(const KeyIds &ids, const Gateway::KeyPatch &patch, const QString &iconName,
               const QString &text, std::function<void()> undo);

    PageParts m_parts;
    KeyModel &m_model;
    QWidget *m_page;
};

} // namespace Ui
