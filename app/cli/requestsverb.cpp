#include <algorithm>
#include <cstdlib>

#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "gateway/control/json/words.h"

namespace Gateway {

namespace {

constexpr int LONGEST_PAGE = 1'000;

/// "429" or "500-599".
void takeStatus(CliCall &call, RequestFilter &filter)
{
    const std::string text = call.text("status");
    if (text.empty())
        return;
    const std::size_t dash = text.find('-');
    filter.statusFrom = std::atoi(text.c_str());
    filter.statusTo = dash == std::string::npos ? filter.statusFrom : std::atoi(text.c_str() + dash + 1);
    if (filter.statusFrom < 1 || filter.statusTo < filter.statusFrom || filter.statusTo > 599)
        call.refuse(
            cliText(QT_TRANSLATE_NOOP("Cli", "--status takes a status or a range, such as 500-599.")));
}

RequestQuery queryOf(CliCall &call)
{
    RequestQuery query;
    RequestFilter &filter = query.filter;
    filter.fromMs = call.time("from").value_or(0);
    filter.untilMs = call.time("until").value_or(0);
    filter.model = call.text("model");
    filter.token = call.text("of-token");
    filter.keyId = call.number("key").value_or(0);
    filter.failedOnly = call.has("failed");
    filter.retriedOnly = call.has("retried");
    filter.minDurationMs = call.number("min-duration").value_or(0);
    filter.errorText = call.text("error");
    if (const std::optional<std::string> name = call.given("dialect")) {
        filter.dialect = fromName<Dialect>(*name);
        if (!filter.dialect)
            call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "--dialect takes one of %1."),
                                joinedWords(wordsOf(Dialect()))));
    }
    takeStatus(call, filter);
    query.before = call.number("cursor").value_or(0);
    query.limit =
        static_cast<int>(std::clamp<std::int64_t>(call.number("limit").value_or(50), 1, LONGEST_PAGE));
    return query;
}

std::string countText(std::int64_t count)
{
    return count < 0 ? std::string() : std::to_string(count);
}

std::string requestTable(const std::vector<RequestView> &requests)
{
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Time")), cliText(QT_TRANSLATE_NOOP("Cli", "Id")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Status")), cliText(QT_TRANSLATE_NOOP("Cli", "Dialect")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Model")), cliText(QT_TRANSLATE_NOOP("Cli", "Key")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Token")), cliText(QT_TRANSLATE_NOOP("Cli", "Tries")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Took")), cliText(QT_TRANSLATE_NOOP("Cli", "In")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Out")), cliText(QT_TRANSLATE_NOOP("Cli", "Error"))});
    for (const RequestView &request : requests) {
        const std::string model = request.modelUsed.empty() ? request.modelAsked : request.modelUsed;
        table.add({timeText(request.timeMs), request.id, std::to_string(request.status),
                   std::string(nameOf(request.dialect)), model, request.keyLabel, request.token,
                   std::to_string(request.attempts), durationText(request.durationMs),
                   countText(request.tokens.prompt), countText(request.tokens.candidates), request.error});
    }
    return table.text();
}

void list(CliCall &call)
{
    RequestQuery query = queryOf(call);
    if (call.isOver())
        return;
    call.control().records().requests(
        std::move(query), call.reply<RequestViewPage>([&call](const RequestViewPage &page) {
            if (call.isJson()) {
                call.printJson(jsonOf(page));
                return;
            }
            call.print(requestTable(page.requests));
            if (page.next > 0)
                call.print(
                    cliText(QT_TRANSLATE_NOOP("Cli", "More with --cursor %1."), std::to_string(page.next)) +
                    '\n');
        }));
}

void show(CliCall &call)
{
    call.control().records().request(
        call.words().front(), call.reply<RequestDetail>([&call](const RequestDetail &detail) {
            if (call.isJson()) {
                call.printJson(jsonOf(detail));
                return;
            }
            call.print(requestTable({detail.request}) + '\n');
            CliTable attempts(
                {cliText(QT_TRANSLATE_NOOP("Cli", "Key")), cliText(QT_TRANSLATE_NOOP("Cli", "Status")),
                 cliText(QT_TRANSLATE_NOOP("Cli", "After")), cliText(QT_TRANSLATE_NOOP("Cli", "Took")),
                 cliText(QT_TRANSLATE_NOOP("Cli", "Error"))});
            for (const AttemptRecord &attempt : detail.attempts)
                attempts.add({std::to_string(attempt.keyId), std::to_string(attempt.status),
                              durationText(attempt.startMs), durationText(attempt.durationMs),
                              attempt.error});
            call.print(attempts.text());
            if (detail.hasBodies)
                call.print('\n' + detail.requestHead + "\n\n" + detail.requestBody + "\n\n" +
                           detail.responseHead + "\n\n" + detail.responseBody + '\n');
        }));
}

constexpr CliAction ACTIONS[] = {
    {"requests", "list", "", 0, 0,
     "from until status failed retried model key of-token dialect min-duration error limit cursor",
     QT_TRANSLATE_NOOP("Cli", "list recorded requests, newest first"), list},
    {"requests", "show", "ID", 1, 1, "",
     QT_TRANSLATE_NOOP("Cli", "show one request with its attempts and what was kept of it"), show},
};

} // namespace

std::span<const CliAction> requestActions()
{
    return ACTIONS;
}

} // namespace Gateway
