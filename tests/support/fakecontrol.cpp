#include "tests/support/fakegemini.h"

namespace TestSupport {

using Gateway::stringAt;

// POST /__control/script {"key":"k","model":"m","fault":"minute-quota","times":1,"seconds":5}
FakeAnswer FakeGemini::scriptByJson(std::string_view body)
{
    const auto parsed = Gateway::parseJsonObject(body);
    if (!parsed)
        return errorAnswer(400, parsed.error().text);
    const auto fault = faultByName(stringAt(*parsed, "fault"));
    if (!fault)
        return errorAnswer(400, "There is no fault \"" + std::string(stringAt(*parsed, "fault")) + "\".");
    FaultScript made;
    made.fault = *fault;
    if (parsed->contains("key"))
        made.key = stringAt(*parsed, "key");
    if (parsed->contains("model"))
        made.model = stringAt(*parsed, "model");
    made.times = static_cast<int>(Gateway::integerAt(*parsed, "times", -1));
    made.seconds = static_cast<double>(Gateway::integerAt(*parsed, "seconds", 0));
    script(std::move(made));
    return jsonAnswer(json::object());
}

json::array FakeGemini::requestsJson() const
{
    json::array all;
    for (const SeenRequest &seen : requests()) {
        json::object headers;
        for (const auto &[name, value] : seen.request.headers)
            headers[name] = value;
        all.push_back(json::object{{"number", seen.number},
                                   {"method", seen.request.method},
                                   {"path", seen.request.path},
                                   {"query", seen.request.query},
                                   {"headers", std::move(headers)},
                                   {"body", seen.request.body},
                                   {"key", seen.key},
                                   {"keyPlace", seen.keyPlace},
                                   {"model", seen.model},
                                   {"connection", seen.request.connection},
                                   {"status", seen.status},
                                   {"bytesOut", seen.bytesOut},
                                   {"ended", seen.endedNs != 0},
                                   {"messages", json::value_from(seen.messages)},
                                   {"closedEarly", seen.closedEarly}});
    }
    return all;
}

FakeAnswer FakeGemini::control(const HttpRequest &request)
{
    const std::string_view what = std::string_view(request.path).substr(request.path.rfind('/') + 1);
    if (what == "requests" && request.method == "GET")
        return jsonAnswer(requestsJson());
    if (request.method != "POST")
        return errorAnswer(405, "Method not allowed.");
    if (what == "script")
        return scriptByJson(request.body);
    if (what == "reset") {
        reset();
        return jsonAnswer(json::object());
    }
    if (what == "drop-idle") {
        dropIdle();
        return jsonAnswer(json::object());
    }
    return errorAnswer(404, "Requested entity was not found.");
}

} // namespace TestSupport
