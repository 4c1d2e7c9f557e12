#include <algorithm>
#include <set>

#include <QTest>

#include "gateway/common/json.h"
#include "tests/relay/relayharness.h"

using namespace Gateway;
using namespace TestSupport;

namespace {

std::string inputs(int count)
{
    std::string body = R"({"model":"gemini-embedding-001","encoding_format":"float","input":[)";
    for (int i = 0; i < count; ++i)
        body += (i == 0 ? "\"text " : ",\"text ") + std::to_string(i) + '"';
    return body + "]}";
}

json::value parsed(const std::string &text)
{
    return parseJson(text).value_or(json::value());
}

bool allClosedEarly(const std::vector<SeenRequest> &requests)
{
    return std::all_of(requests.begin(), requests.end(),
                       [](const SeenRequest &seen) { return seen.closedEarly; });
}

} // namespace

class TstPartedRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsTheAnswersInOrder();
    void runsAFewAtATimeWithKeysOfTheirOwn();
    void aBadKeyIsSteppedOver();
    void onePartsFailureIsTheWholes();
    void withoutAKeyNothingIsAsked();
    void aLeavingClientCancelsAllParts();
    void aStoppedGatewayCancelsAllParts();
};

void TstPartedRun::joinsTheAnswersInOrder()
{
    RelayHarness harness(2);
    const ClientView view = harness.embeddings(inputs(250));
    QCOMPARE(view.status, 200);
    QCOMPARE(view.contentType, std::string("application/json"));
    QCOMPARE(harness.fake.requests().size(), 3u);
    const json::value whole = parsed(view.body);
    const json::array &data = whole.at("data").as_array();
    QCOMPARE(data.size(), 250u);
    for (const int index : {0, 99, 100, 199, 200, 249}) {
        const json::value &item = data.at(static_cast<std::size_t>(index));
        QCOMPARE(item.at("index").to_number<int>(), index);
        RelayHarness single(1);
        const std::string one = R"({"model":"gemini-embedding-001","encoding_format":"float","input":"text )";
        const json::value alone = parsed(single.embeddings(one + std::to_string(index) + "\"}").body);
        QCOMPARE(item.at("embedding"), alone.at("data").at(0).at("embedding"));
    }
    QCOMPARE(harness.records.size(), 1u);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.id, std::string("req_test"));
    QCOMPARE(record.method, std::string("embeddings"));
    QCOMPARE(record.token, std::string("test"));
    QCOMPARE(record.status, 200);
    QCOMPARE(record.attempts.size(), 3u);
    QVERIFY(record.keyId != 0);
    QCOMPARE(record.bytesOut, static_cast<std::int64_t>(view.body.size()));
    QCOMPARE(harness.relay->running(), 0u);
}

void TstPartedRun::runsAFewAtATimeWithKeysOfTheirOwn()
{
    RelayHarness harness(4);
    harness.script(0, Fault::StallHead);
    int turns = 0;
    harness.embeddingsLeaving(inputs(900), [&](const ClientView &) {
        return harness.fake.requests().size() >= 4 && ++turns > 20; // time for more to come
    });
    QCOMPARE(harness.fake.requests().size(), 4u);
    std::set<std::string> keys;
    for (const SeenRequest &seen : harness.fake.requests())
        keys.insert(seen.key);
    QCOMPARE(keys.size(), 4u);
}

void TstPartedRun::aBadKeyIsSteppedOver()
{
    RelayHarness harness(2);
    harness.script(1, Fault::InvalidKey);
    const ClientView view = harness.embeddings(inputs(201));
    QCOMPARE(view.status, 200);
    QCOMPARE(parsed(view.body).at("data").as_array().size(), 201u);
    QCOMPARE(harness.records.size(), 1u);
    QVERIFY(harness.records.front().attempts.size() > 3u);
    QCOMPARE(harness.records.front().keyId, 2);
}

void TstPartedRun::onePartsFailureIsTheWholes()
{
    RelayHarness harness(1, 0);
    harness.script(0, Fault::MinuteQuota, 1, 20);
    const ClientView view = harness.embeddings(inputs(1000));
    QCOMPARE(view.status, 429);
    QCOMPARE(headerValue(view.headers, "retry-after"), std::string_view("20"));
    const json::value error = parsed(view.body).at("error");
    QVERIFY(error.at("message").is_string());
    QCOMPARE(harness.records.size(), 1u);
    const RequestRecord &record = harness.records.front();
    QCOMPARE(record.status, 429);
    QCOMPARE(record.error, std::string(error.at("message").as_string()));
    QVERIFY(harness.fake.requests().size() <= 4u);
    QVERIFY(!record.attempts.empty() && record.attempts.size() <= 4u);
    QCOMPARE(harness.relay->running(), 0u);
}

void TstPartedRun::withoutAKeyNothingIsAsked()
{
    RelayHarness harness(0);
    const ClientView view = harness.embeddings(inputs(101));
    QCOMPARE(view.status, 503);
    QCOMPARE(harness.records.size(), 1u);
    QVERIFY(harness.records.front().attempts.empty());
}

void TstPartedRun::aLeavingClientCancelsAllParts()
{
    RelayHarness harness(4);
    harness.script(0, Fault::StallHead);
    harness.embeddingsLeaving(inputs(600),
                              [&harness](const ClientView &) { return harness.fake.requests().size() == 4; });
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().status, 499);
    QCOMPARE(harness.records.front().attempts.size(), 4u);
    QCOMPARE(harness.relay->running(), 0u);
    QTRY_VERIFY(allClosedEarly(harness.fake.requests()));
    QCOMPARE(harness.fake.requests().size(), 4u);
}

void TstPartedRun::aStoppedGatewayCancelsAllParts()
{
    RelayHarness harness(4);
    harness.script(0, Fault::StallHead);
    harness.embeddingsLeaving(inputs(600), [&harness](const ClientView &) {
        if (harness.fake.requests().size() == 4)
            harness.relay.reset();
        return false;
    });
    QCOMPARE(harness.records.size(), 1u);
    QCOMPARE(harness.records.front().status, 499);
    QCOMPARE(harness.records.front().attempts.size(), 4u);
}

QTEST_GUILESS_MAIN(TstPartedRun)
#include "tst_partedrun.moc"
