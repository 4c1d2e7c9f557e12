// Prints what it costs each dialect to translate an agent's long conversation: 100 turns, 400 KB, 60 tools.
//   bench_translate [MS]    ends with 1 where the median of a dialect is over MS milliseconds
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "tests/dialects/roundtrip/face.h"

using namespace RoundTrip;

namespace {

constexpr int TURNS = 100;
constexpr int TOOLS = 60;
constexpr std::size_t BYTES = 400'000;
constexpr int RUNS = 301;

/// Code, prose and what JSON must escape.
std::string words(std::size_t bytes)
{
    constexpr std::string_view LINES =
        "    if (count > 0 && name != \"x\")\n        return path + '\\n';\n"
        "The file holds the settings; grün, 設定, each on a line of its own.\n";
    std::string out;
    while (out.size() < bytes)
        out += LINES;
    out.resize(bytes);
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80))
        out.pop_back();
    return out;
}

/// A question, then turns of the model that call a tool and the tool's results.
Talk longTalk()
{
    Dice dice(7);
    Talk talk;
    talk.model = "gemini-3.6-flash";
    talk.system = {words(10'000)};
    talk.turns.push_back({false, {{.text = words(500)}}});
    for (int i = 1; i < TURNS; i += 2) {
        const std::string id = "call_" + std::to_string(i);
        talk.turns.push_back({true,
                              {{.text = words(200)},
                               {.kind = Piece::Kind::Call,
                                .id = id,
                                .name = "read_file",
                                .args = {{"path", "src/main.cpp"}, {"from", 1}, {"to", 200}}}}});
        talk.turns.push_back({false,
                              {{.kind = Piece::Kind::Result,
                                .text = words((BYTES - 60'000) / (TURNS / 2)),
                                .id = id,
                                .name = "read_file"}}});
    }
    for (int i = 0; i < TOOLS; ++i)
        talk.tools.push_back({"tool_" + std::to_string(i), words(300), randomSchema(dice)});
    talk.wishes.mostTokens = 8000;
    return talk;
}

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Of RUNS translations from the client's bytes to the body for Gemini.
double medianMs(const Face &face, const std::string &body)
{
    std::array<double, RUNS> taken{};
    for (double &one : taken) {
        const double start = threadMs();
        const auto made = face.parse(body);
        if (!made || !(*made)->geminiBody({}))
            std::abort();
        one = threadMs() - start;
    }
    std::nth_element(taken.begin(), taken.begin() + RUNS / 2, taken.end());
    return taken[RUNS / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const double most = argc > 1 ? std::atof(argv[1]) : 0;
    const Talk talk = longTalk();
    bool isOver = false;
    const auto print = [&](const char *name, const Face &face) {
        Dice dice(1);
        const std::string body = json::serialize(face.request(talk, dice));
        const double ms = medianMs(face, body);
        std::printf("%-10s %7zu B %8.3f ms\n", name, body.size(), ms);
        isOver = isOver || (most > 0 && ms > most);
    };
    print("chat", chatFace());
    print("responses", responsesFace());
    print("anthropic", anthropicFace());
    print("ollama", ollamaFace());
    return isOver ? EXIT_FAILURE : EXIT_SUCCESS;
}
