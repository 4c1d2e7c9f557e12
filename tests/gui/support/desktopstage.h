#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <QTemporaryDir>

#include "app/launch.h"
#include "gateway/common/clock.h"
#include "gateway/telemetry/logging.h"
#include "sampledesktop.h"
#include "tests/support/fakegemini.h"
#include "ui/mainwindow.h"
#include "ui/preferences.h"
#include "ui/theme.h"

namespace Ui {

/// The desktop program as a user has it, in this process: the real gateway in front of the fake Gemini, and
/// the window over both.
class DesktopStage
{
public:
    /// The fake knows "upstream-key-0001" and so on; the gateway gets them all.
    explicit DesktopStage(int keys);
    ~DesktopStage();

    /// Why it could not start; empty: it did. `prepare` gets the URL of the database before anything else
    /// works on it.
    QString start(const std::function<void(const std::string &databaseUrl)> &prepare = {});
    /// One chat completion over HTTP, as a client asks it; the status, 0 without an answer. It waits for the
    /// answer in a thread of its own while the windows go on.
    int ask(const QString &model = QStringLiteral("gemini-3.6-flash"));
    /// So many of them from `clients` threads, without waiting for them; done() says when.
    void askMany(int count, int clients);
    bool isDone() const { return m_left.load() == 0; }

    TestSupport::FakeGemini &fake() { return m_fake; }
    Gateway::Control &control() const;
    MainWindow &window() { return *m_window; }
    Theme &theme() { return *m_theme; }

private:
    int post(const std::string &model) const;

    QTemporaryDir m_place;
    int m_keys;
    TestSupport::FakeGemini m_fake;
    Gateway::SystemClock m_clock;
    Gateway::LogRing m_ring;
    Gateway::Logging m_log{m_clock, m_ring, Gateway::LogLevel::Warning};
    Gateway::Launched m_launched;
    SampleDesktop m_desktop;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::atomic<int> m_left = 0;
    std::vector<std::thread> m_clients;
};

} // namespace Ui
