#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <QObject>

#include "app/commandline.h"
#include "gateway/control/control.h"
#include "gateway/control/json/controljson.h"

namespace Gateway {

/// Exit codes of the verbs beside 0 and 1.
enum CliExit : int { EXIT_NOT_FOUND = 3, EXIT_UNREACHABLE = 4, EXIT_USAGE = 64 };

/// One run of a verb: its words and options, the control it works on, and its end.
class CliCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CliCall)

public:
    /// Both outlive this. `hint` follows an error of the connection or the token. `ended` is called once with
    /// the exit code.
    CliCall(const CommandLine &line, Control &control, std::string hint, std::function<void(int)> ended);

    Control &control() { return m_control; }
    bool isJson() const { return m_line.json; }
    const std::vector<std::string> &words() const { return m_line.words; }

    bool has(std::string_view option) const;
    /// Empty when it is absent.
    std::string text(std::string_view option) const;
    std::optional<std::string> given(std::string_view option) const;
    // Of an absent option nothing; a wrong value ends the run with a message, see isOver().
    std::optional<std::int64_t> number(std::string_view option);
    std::optional<bool> flag(std::string_view option);
    std::optional<std::vector<std::string>> list(std::string_view option) const;
    /// "2027-01-31", "2027-01-31 12:00", "never" (0), or "2h" for that long ago; ms since 1970 UTC.
    std::optional<std::int64_t> time(std::string_view option);
    /// "90s", "10m", "2h", in ms.
    std::optional<std::int64_t> duration(std::string_view option);
    /// US dollars in millionths.
    std::optional<std::int64_t> money(std::string_view option);
    /// The words as ids.
    std::vector<std::int64_t> ids();

    /// The whole file, "-" is standard input; one that cannot be read ends the run with a message.
    std::optional<std::string> fileText(const std::string &path);

    bool isOver() const { return m_isOver; }

    void print(std::string_view text) const;
    void printJson(const json::value &value) const;
    void finish(int code = 0);
    void fail(const Error &error);
    void refuse(const std::string &text);

    /// Ends the run with the error, or hands on the value, after which the run ends unless `more`.
    template <typename T>
    Reply<T> reply(std::function<void(const T &)> show, bool more = false)
    {
        return {this, [this, show = std::move(show), more](Result<T> result) {
                    if (!result) {
                        fail(result.error());
                        return;
                    }
                    show(*result);
                    if (!more)
                        finish();
                }};
    }
    /// Likewise for commands without a value; prints `text`.
    Reply<void> done(std::string text);

private:
    const CommandLine &m_line;
    Control &m_control;
    std::string m_hint;
    std::function<void(int)> m_ended;
    bool m_isOver = false;
};

/// A list as JSON.
template <typename T>
json::value jsonList(const std::vector<T> &values)
{
    json::array array;
    for (const T &value : values)
        array.push_back(jsonOf(value));
    return array;
}

} // namespace Gateway
