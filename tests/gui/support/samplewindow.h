#pragma once

#include <algorithm>
#include <memory>

#include <QAbstractButton>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "samplecontrol.h"
#include "sampledesktop.h"
#include "ui/frame/shell.h"
#include "ui/preferences.h"
#include "ui/widgets/elidedtext.h"

namespace Ui {

/// What a page asked of its window.
class SampleShell final : public Shell
{
public:
    std::vector<Target> targets;
    std::vector<ToastText> toasts;
    std::vector<Gateway::Error> failures;
    QString copied;
    bool copiedSecret = false;

    void go(const Target &target) override { targets.push_back(target); }
    void toast(ToastText toast) override { toasts.push_back(std::move(toast)); }
    void toastFailure(const Gateway::Error &error) override { failures.push_back(error); }
    void copy(const QString &text, bool isSecret) override
    {
        copied = text;
        copiedSecret = isSecret;
    }
};

/// All that a page under test is made with.
struct SampleParts
{
    QTemporaryDir place; ///< Of the preferences.
    std::unique_ptr<SampleControl> control = sampleControl();
    SampleShell shell;
    SampleDesktop desktop;
    Theme theme{Theme::Choice::Light};
    std::unique_ptr<Preferences> preferences;

    SampleParts()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, place.path());
        preferences = std::make_unique<Preferences>();
    }

    PageParts parts() { return {theme, *control, shell, preferences.get(), &desktop}; }
};

/// Shows the page at the size it has in the window.
inline void showPage(QWidget &page, int width = 1032)
{
    page.resize(width, 772);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QTest::qWait(20);
}

inline bool hasText(const QWidget &page, const QString &text)
{
    const QList<QLabel *> labels = page.findChildren<QLabel *>();
    const QList<ElidedText *> elided = page.findChildren<ElidedText *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel *label) {
                           return label->isVisibleTo(&page) && label->text().contains(text);
                       }) ||
           std::any_of(elided.begin(), elided.end(), [&](const ElidedText *name) {
               return name->isVisibleTo(&page) && name->accessibleName().contains(text);
           });
}

/// The visible button of that name or text; null when there is none.
inline QAbstractButton *buttonOf(const QWidget &page, const QString &name)
{
    for (QAbstractButton *button : page.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&page) && (button->accessibleName() == name || button->text() == name))
            return button;
    }
    return nullptr;
}

} // namespace Ui
