#include "ui/statusview.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusView)
};

StatusView serving(const Gateway::GatewayStatus &status)
{
    if (status.keysTotal == 0)
        return {Words::tr("No key yet"),
                Words::tr("Clients get 503 until you add one on the Keys page."),
                u"warning"_s,
                &Tokens::warnText,
                &Tokens::warnBg,
                u"partly"_s};
    if (status.keysUsable == 0)
        return {Words::tr("No usable key"),
                Words::tr(
                    "Clients get 503 until a key works again. Sidelined keys are tried again by themselves."),
                u"warning"_s,
                &Tokens::warnText,
                &Tokens::warnBg,
                u"partly"_s};
    return {Words::tr("Serving"),
            Words::tr("Answers OpenAI, Anthropic, Gemini and Ollama clients."),
            u"ok"_s,
            &Tokens::okText,
            &Tokens::okBg,
            u"serving"_s};
}

StatusView paused(const Gateway::GatewayStatus &status)
{
    QString line = Words::tr("Clients get 503 until you resume.");
    if (status.pausedUntilMs > 0) {
        const QTime until = QDateTime::fromMSecsSinceEpoch(status.pausedUntilMs).time();
        //: %1 is a time of day
        line = Words::tr("Clients get 503 until %1.").arg(QLocale().toString(until, QLocale::ShortFormat));
    }
    return {Words::tr("Paused"), line, u"pause"_s, &Tokens::idleText, &Tokens::idleBg, u"paused"_s};
}

} // namespace

StatusView statusView(const Gateway::GatewayStatus &status)
{
    using State = Gateway::GatewayStatus::State;
    switch (status.state) {
    case State::Serving:
        return serving(status);
    case State::NotServing:
        return {Words::tr("Not serving"),
                QString::fromStdString(status.reason),
                u"error"_s,
                &Tokens::badText,
                &Tokens::badBg,
                u"down"_s};
    case State::Stopping:
        return {Words::tr("Stopping…"),
                Words::tr("Running answers may end."),
                u"power"_s,
                &Tokens::idleText,
                &Tokens::idleBg,
                u"down"_s};
    case State::Paused:
        return paused(status);
    case State::Starting:
        break;
    }
    return {Words::tr("Starting…"), Words::tr("The keys are read."),
            u"refresh"_s,           &Tokens::accentText,
            &Tokens::selection,     u"partly"_s};
}

QString usableKeysText(const Gateway::GatewayStatus &status)
{
    const QLocale locale;
    //: %1 is how many of the keys can be used, %n how many keys there are
    return Words::tr("%1 of %n keys usable", nullptr, status.keysTotal)
        .arg(locale.toString(status.keysUsable));
}

} // namespace Ui
