#include "ui/pages/clients/configplan.h"

using namespace Gateway;

namespace Ui {

namespace {

constexpr int CONTEXT = 3;

} // namespace

ConfigPlan::ConfigPlan(const ClientRecipe &recipe, const ClientPlaces &places)
    : m_recipe(recipe)
    , m_writer(std::make_shared<ConfigWriter>(places.resolved(recipe.file)))
    , m_read(m_writer->read())
{
}

Result<QString> ConfigPlan::connected(const Filling &filling) const
{
    if (!m_read)
        return fail(m_read.error());
    return withChanges(m_recipe.format, m_writer->text(), configChanges(m_recipe, filling));
}

Result<QString> ConfigPlan::disconnected() const
{
    if (!m_read)
        return fail(m_read.error());
    return withoutPaths(m_recipe.format, m_writer->text(), removedPaths(m_recipe));
}

std::vector<DiffLine> ConfigPlan::difference(const QString &planned) const
{
    std::vector<DiffLine> lines = lineDiff(m_writer->text(), planned, CONTEXT);
    for (DiffLine &line : lines)
        line.text = maskedConfigLine(line.text);
    return lines;
}

QString ConfigPlan::model(const char *placeholder) const
{
    const QString wanted = QString::fromLatin1(placeholder);
    for (const RecipeChange &change : m_recipe.changes) {
        const QString value = QString::fromUtf8(change.value);
        if (change.isJson || !value.endsWith(wanted))
            continue;
        const QString head = value.chopped(wanted.size());
        const QString there =
            valueAt(m_recipe.format, m_writer->text(), pathOf(change.path)).value_or(QString());
        return there.startsWith(head) ? there.mid(head.size()) : QString();
    }
    return {};
}

} // namespace Ui
