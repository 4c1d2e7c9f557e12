#include "app/cli/clicall.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <QDateTime>
#include <QFile>
#include <QString>

#include "app/cli/clitext.h"
#include "app/launch.h"
#include "app/process.h"
#include "gateway/common/text.h"
#include "gateway/settings/settingchecks.h"

namespace Gateway {

namespace {

constexpr std::int64_t SECOND_MS = 1'000;
constexpr int NOT_FOUND = 404;
constexpr int UNAUTHORIZED = 401;
constexpr double MICRO = 1e6;

template <typename T>
std::optional<T> parsed(std::string_view text)
{
    T number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> parsedTime(const std::string &text)
{
    if (text == "never")
        return 0;
    const QDateTime time = QDateTime::fromString(QString::fromStdString(text), Qt::ISODate);
    if (time.isValid())
        return time.toMSecsSinceEpoch();
    if (const std::optional<std::int64_t> ago = parseAmount(text, "s"))
        return QDateTime::currentMSecsSinceEpoch() - *ago * SECOND_MS;
    return std::nullopt;
}

} // namespace

CliCall::CliCall(const CommandLine &line, Control &control, std::string hint, std::function<void(int)> ended)
    : m_line(line)
    , m_control(control)
    , m_hint(std::move(hint))
    , m_ended(std::move(ended))
{
}

std::optional<std::string> CliCall::given(std::string_view option) const
{
    for (const auto &[name, value] : m_line.options) {
        if (name == option)
            return value;
    }
    return std::nullopt;
}

bool CliCall::has(std::string_view option) const
{
    return given(option).has_value();
}

std::string CliCall::text(std::string_view option) const
{
    return given(option).value_or(std::string());
}

std::optional<std::vector<std::string>> CliCall::list(std::string_view option) const
{
    if (const std::optional<std::string> value = given(option))
        return splitList(*value, ",");
    return std::nullopt;
}

std::optional<std::int64_t> CliCall::number(std::string_view option)
{
    const std::optional<std::string> value = given(option);
    if (!value)
        return std::nullopt;
    const std::optional<std::int64_t> number = parsed<std::int64_t>(*value);
    if (!number)
        refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--%1 needs a whole number."), option));
    return number;
}

std::optional<bool> CliCall::flag(std::string_view option)
{
    const std::optional<std::string> value = given(option);
    if (!value)
        return std::nullopt;
    const std::optional<bool> flag = parseFlag(*value);
    if (!flag)
        refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--%1 needs yes or no."), option));
    return flag;
}

std::optional<std::int64_t> CliCall::time(std::string_view option)
{
    const std::optional<std::string> value = given(option);
    if (!value)
        return std::nullopt;
    const std::optional<std::int64_t> time = parsedTime(*value);
    if (!time)
        refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--%1 needs a time, such as 2027-01-31 or 2h."), option));
    return time;
}

std::optional<std::int64_t> CliCall::duration(std::string_view option)
{
    const std::optional<std::string> value = given(option);
    if (!value)
        return std::nullopt;
    const std::optional<std::int64_t> seconds = parseAmount(*value, "s");
    if (!seconds || *seconds <= 0) {
        refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--%1 needs a span of time, such as 10m."), option));
        return std::nullopt;
    }
    return *seconds * SECOND_MS;
}

std::optional<std::int64_t> CliCall::money(std::string_view option)
{
    const std::optional<std::string> value = given(option);
    if (!value)
        return std::nullopt;
    const std::optional<double> dollars = parsed<double>(*value);
    if (!dollars || *dollars < 0 || *dollars > MICRO) {
        refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--%1 needs an amount of US dollars."), option));
        return std::nullopt;
    }
    return static_cast<std::int64_t>(std::llround(*dollars * MICRO));
}

std::vector<std::int64_t> CliCall::ids()
{
    std::vector<std::int64_t> ids;
    for (const std::string &word : words()) {
        for (const std::string &piece : splitList(word, ",")) {
            const std::optional<std::int64_t> id = parsed<std::int64_t>(piece);
            if (!id || *id <= 0) {
                refuse(cliText(QT_TRANSLATE_NOOP("Cli", "“%1” is no id; the list shows them."), piece));
                return {};
            }
            ids.push_back(*id);
        }
    }
    return ids;
}

std::optional<std::string> CliCall::fileText(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    const bool isOpen = path == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        refuse(path + ": " + file.errorString().toStdString());
        return std::nullopt;
    }
    return file.readAll().toStdString();
}

void CliCall::print(std::string_view text) const
{
    printOut(text);
}

void CliCall::printJson(const json::value &value) const
{
    printOut(toJson(value) + '\n');
}

void CliCall::finish(int code)
{
    if (std::exchange(m_isOver, true))
        return;
    m_ended(code);
}

void CliCall::fail(const Error &error)
{
    if (m_isOver)
        return;
    if (isJson())
        printJson(json::object{
            {"error", json::object{{"code", error.code}, {"message", error.text}, {"param", error.param}}}});
    else
        printError(error.text + '\n');
    const bool isAboutConnection = error.code == "unreachable" || error.status == UNAUTHORIZED;
    if (isAboutConnection && !m_hint.empty())
        printError(m_hint + '\n');
    if (error.code == "unreachable")
        finish(EXIT_UNREACHABLE);
    else
        finish(error.status == NOT_FOUND ? static_cast<int>(EXIT_NOT_FOUND) : static_cast<int>(EXIT_FAILED));
}

void CliCall::refuse(const std::string &text)
{
    if (m_isOver)
        return;
    printError(text + '\n');
    finish(EXIT_USAGE);
}

Reply<void> CliCall::done(std::string text)
{
    return {this, [this, text = std::move(text)](const Result<void> &result) {
                if (!result) {
                    fail(result.error());
                    return;
                }
                if (isJson())
                    printJson(json::object{});
                else
                    print(text + '\n');
                finish();
            }};
}

} // namespace Gateway
