#include "ui/pages/clients/clientrecipe.h"

#include <algorithm>

#include <QCoreApplication>

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Ui::ClientRecipe)
};

using Replaced = QString (*)(const QString &);

QString replaced(const char *text, const Filling &filling, Replaced replace)
{
    QString result = QString::fromUtf8(text);
    const std::pair<QLatin1StringView, QString> values[] = {{"{address}"_L1, filling.address},
                                                            {"{token}"_L1, filling.token},
                                                            {"{model}"_L1, filling.model},
                                                            {"{small}"_L1, filling.smallModel}};
    for (const auto &[name, value] : values)
        result.replace(name, replace(value));
    return result;
}

/// In a PowerShell or POSIX text in single quotes.
QString shellQuoted(const QString &value, Platform platform)
{
    QString text = value;
    return u'\'' + text.replace(u'\'', platform == Platform::Windows ? u"''"_s : u"'\\''"_s) + u'\'';
}

} // namespace

Platform thisPlatform()
{
#if defined(Q_OS_WIN)
    return Platform::Windows;
#elif defined(Q_OS_MACOS)
    return Platform::MacOs;
#else
    return Platform::Linux;
#endif
}

const ClientRecipe *clientRecipe(const QString &id)
{
    const std::span<const ClientRecipe> all = clientRecipes();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ClientRecipe &recipe) {
        return id == QLatin1StringView(recipe.id);
    });
    return found == all.end() ? nullptr : &*found;
}

QString filled(const char *text, const Filling &filling)
{
    return replaced(text, filling, [](const QString &value) { return value; });
}

QString filledQuoted(const char *text, const Filling &filling)
{
    return replaced(text, filling, [](const QString &value) {
        QString safe = value;
        safe.remove(u'\n').remove(u'\r').remove(u'\'').remove(u'`').remove(u'$');
        return safe.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    });
}

QString environmentText(const ClientRecipe &recipe, const Filling &filling, Platform platform)
{
    QString text;
    for (const RecipeVariable &variable : recipe.environment) {
        const QString value = shellQuoted(filled(variable.value, filling), platform);
        const QLatin1StringView name(variable.name);
        text += platform == Platform::Windows ? u"$env:%1 = %2\n"_s.arg(name, value)
                                              : u"export %1=%2\n"_s.arg(name, value);
    }
    return text;
}

std::vector<ConfigChange> configChanges(const ClientRecipe &recipe, const Filling &filling)
{
    std::vector<ConfigChange> changes;
    for (const RecipeChange &change : recipe.changes)
        changes.push_back(
            {pathOf(change.path),
             change.isJson ? filledQuoted(change.value, filling) : filled(change.value, filling),
             change.isJson, change.onlyIfMissing});
    return changes;
}

std::vector<QStringList> removedPaths(const ClientRecipe &recipe)
{
    std::vector<QStringList> paths;
    for (const auto &path : recipe.removals)
        paths.push_back(pathOf(path));
    return paths;
}

QStringList pathOf(const std::vector<const char *> &path)
{
    QStringList names;
    for (const char *name : path)
        names += QString::fromUtf8(name);
    return names;
}

QString dialectSentence(Dialect dialect)
{
    switch (dialect) {
    case Dialect::OpenAi:
        return Words::tr("Speaks the OpenAI dialect.");
    case Dialect::Anthropic:
        return Words::tr("Speaks the Anthropic dialect.");
    case Dialect::Ollama:
        return Words::tr("Speaks the Ollama dialect.");
    case Dialect::Gemini:
    case Dialect::Admin:
        break;
    }
    return Words::tr("Speaks the Gemini dialect.");
}

QString recipeText(const char *text)
{
    return text ? Words::tr(text) : QString();
}

} // namespace Ui
