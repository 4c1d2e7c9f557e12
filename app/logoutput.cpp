#include "app/logoutput.h"

#include <QLoggingCategory>
#include <QString>

using namespace Qt::StringLiterals;

namespace Gateway {

void setLogLevel(std::string_view level)
{
    qSetMessagePattern(u"%{time yyyy-MM-ddTHH:mm:ss.zzz} "
                       "%{if-debug}debug%{endif}%{if-info}info%{endif}%{if-warning}warning%{endif}%{if-"
                       "critical}error%{endif}"
                       "%{if-fatal}fatal%{endif} %{if-category}%{category}: %{endif}%{message}"_s);
    QString rules = u"*.debug=false\n"_s;
    if (level == "debug")
        rules += "gateway.*.debug=true\n"_L1;
    else if (level != "info")
        rules += "*.info=false\n"_L1;
    if (level == "error")
        rules += "*.warning=false\n"_L1;
    QLoggingCategory::setFilterRules(rules);
}

} // namespace Gateway
