#include "gateway/dialects/ollama/ollamatimes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace Gateway {

namespace {

constexpr std::int64_t NANOS_A_MS = 1'000'000;

void appendPadded(std::string &out, std::int64_t number, std::size_t digits)
{
    const std::string text = std::to_string(number);
    out.append(digits - std::min(digits, text.size()), '0');
    out += text;
}

void appendNumber(std::string &out, std::string_view name, std::int64_t number)
{
    std::array<char, 24> digits;
    out += name;
    out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

std::int64_t atLeastOne(std::int64_t ms)
{
    return std::max<std::int64_t>(ms, 1);
}

} // namespace

void appendUtc(std::string &out, std::int64_t wallMs)
{
    using namespace std::chrono;
    const sys_time<milliseconds> time{milliseconds(wallMs)};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss<milliseconds> clock(time - day);
    appendPadded(out, int(date.year()), 4);
    out += '-';
    appendPadded(out, unsigned(date.month()), 2);
    out += '-';
    appendPadded(out, unsigned(date.day()), 2);
    out += 'T';
    appendPadded(out, clock.hours().count(), 2);
    out += ':';
    appendPadded(out, clock.minutes().count(), 2);
    out += ':';
    appendPadded(out, clock.seconds().count(), 2);
    out += '.';
    appendPadded(out, clock.subseconds().count(), 3);
    out += 'Z';
}

void OllamaTimes::set(const AnswerTime &time)
{
    m_now = time;
    if (m_upMs < 0)
        m_upMs = time.sinceArrivalMs;
}

void OllamaTimes::spoke()
{
    if (m_firstMs < 0)
        m_firstMs = m_now.sinceArrivalMs;
}

void OllamaTimes::append(std::string &out, std::int64_t promptTokens, std::int64_t answerTokens) const
{
    const std::int64_t up = std::max<std::int64_t>(m_upMs, 0);
    const std::int64_t first = m_firstMs < 0 || m_firstMs == m_now.sinceArrivalMs ? up : m_firstMs;
    const std::int64_t load = atLeastOne(up);
    const std::int64_t prompt = atLeastOne(first - up);
    const std::int64_t answer = atLeastOne(m_now.sinceArrivalMs - up - prompt);
    const std::int64_t total = std::max(m_now.sinceArrivalMs, load + prompt + answer);
    appendNumber(out, "\"total_duration\":", total * NANOS_A_MS);
    appendNumber(out, ",\"load_duration\":", load * NANOS_A_MS);
    appendNumber(out, ",\"prompt_eval_count\":", promptTokens);
    appendNumber(out, ",\"prompt_eval_duration\":", prompt * NANOS_A_MS);
    appendNumber(out, ",\"eval_count\":", answerTokens);
    appendNumber(out, ",\"eval_duration\":", answer * NANOS_A_MS);
}

void OllamaTimes::appendForEmbeddings(std::string &out, std::int64_t promptTokens) const
{
    const std::int64_t load = atLeastOne(m_upMs);
    appendNumber(out, "\"total_duration\":", std::max(m_now.sinceArrivalMs, load + 1) * NANOS_A_MS);
    appendNumber(out, ",\"load_duration\":", load * NANOS_A_MS);
    appendNumber(out, ",\"prompt_eval_count\":", promptTokens);
}

} // namespace Gateway
