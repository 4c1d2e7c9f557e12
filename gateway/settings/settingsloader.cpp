#include "gateway/settings/settingsloader.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

void apply(LoadedSettings &loaded, const SettingTexts &texts, SettingSource source, std::string_view place)
{
    for (const auto &[name, value] : texts) {
        const SettingRow *row = findSetting(name);
        if (!row || (source == SettingSource::Environment && trimmed(value).empty()))
            continue;
        if (Result<void> taken = loaded.settings.set(row->id, value, source); !taken)
            loaded.problems.push_back(taken.error().text + " (" + std::string(place) + ")");
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t editDistance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const bool same = left[i - 1] == right[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last.back();
}

} // namespace

LoadedSettings loadSettings(const SettingInputs &inputs)
{
    LoadedSettings loaded;
    apply(loaded, inputs.stored, SettingSource::Store, "stored");
    apply(loaded, inputs.envFile, SettingSource::Environment, "from the environment file");
    apply(loaded, inputs.environment, SettingSource::Environment, "from the environment");
    apply(loaded, inputs.commandLine, SettingSource::CommandLine, "from the command line");
    return loaded;
}

SettingTexts settingsAmong(const std::vector<std::string> &environment)
{
    SettingTexts texts;
    for (const std::string &entry : environment) {
        const std::size_t equals = entry.find('=');
        if (equals != std::string::npos && findSetting(std::string_view(entry).substr(0, equals)))
            texts.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return texts;
}

std::string nearestName(std::string_view word, const std::vector<std::string> &candidates)
{
    std::string nearest;
    // Past a third of its letters a word is more likely something else than a slip.
    std::size_t least = std::max<std::size_t>(word.size() / 3, 1) + 1;
    for (const std::string &candidate : candidates) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace Gateway
