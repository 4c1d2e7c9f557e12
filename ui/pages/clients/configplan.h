#pragma once

#include <memory>
#include <optional>

#include "ui/pages/clients/clientplaces.h"
#include "ui/pages/clients/configwriter.h"
#include "ui/pages/clients/linediff.h"

namespace Ui {

/// What would be done to a client's file: read once, shown, then written as it was shown.
class ConfigPlan
{
public:
    /// Reads the file.
    ConfigPlan(const ClientRecipe &recipe, const ClientPlaces &places);

    const QString &path() const { return m_writer->path(); }
    /// The text with the client pointed at the gateway; an error when it cannot be read or changed.
    Gateway::Result<QString> connected(const Filling &filling) const;
    /// The text without what connected() puts in.
    Gateway::Result<QString> disconnected() const;
    /// The difference to what is there, with secrets masked.
    std::vector<DiffLine> difference(const QString &planned) const;
    /// What the file has for a model's place, "{model}" or "{small}"; or empty.
    QString model(const char *placeholder) const;

    /// To write with; lives on for the undo.
    const std::shared_ptr<ConfigWriter> &writer() const { return m_writer; }

private:
    const ClientRecipe &m_recipe;
    std::shared_ptr<ConfigWriter> m_writer;
    Gateway::Result<void> m_read;
};

} // namespace Ui
