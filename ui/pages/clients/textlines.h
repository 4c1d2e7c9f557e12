#pragma once

#include <QCoreApplication>
#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

/// A file's text as lines without their ends; their kind of end and whether the last line has one are kept.
struct TextLines
{
    explicit TextLines(const QString &text);

    QString joined() const;
    /// Behind the last line, which gets an end when it had none.
    void append(const QString &line);

    QStringList lines;
    QString end; ///< "\n" or "\r\n".
    bool isEnded = true;
};

/// Why a file is left alone, as a sentence.
class ConfigRefusal
{
    Q_DECLARE_TR_FUNCTIONS(Ui::ConfigRefusal)

public:
    /// "The file is no valid JSON: line 3."
    static tl::unexpected<Gateway::Error> invalid(const QString &format, int line);
    /// What stands at `name` has a form that is not changed by program.
    static tl::unexpected<Gateway::Error> unsafe(const QString &name);
};

} // namespace Ui
