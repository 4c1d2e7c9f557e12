#include <QTest>

#include "gateway/dialects/schema.h"

using namespace Gateway;

class TstSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rewrites_data();
    void rewrites();
    void refuses_data();
    void refuses();
    void parametersAreObjects();
    void emptyParameters_data();
    void emptyParameters();
    void explodingReferencesAreRefused();
    void mutualRecursionEnds();
    void answersMayBeOfAnyType();
};

namespace {

Result<std::string> written(const std::string &schema, SchemaUse use = SchemaUse::Answer)
{
    const Result<json::value> parsed = parseJson(schema);
    if (!parsed)
        return fail(parsed.error());
    const JsonPath root;
    const JsonPath path(root, "schema");
    std::string out;
    if (Result<void> done = appendGeminiSchema(out, *parsed, path, use); !done)
        return fail(done.error());
    return out;
}

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

void TstSchema::rewrites_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *schema, const char *expected) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(expected);
    };
    row("order of properties is kept",
        R"({"type":"object","properties":{"z":{"type":"string"},"a":{"type":"integer"},"m":{"type":"null"}}})",
        R"({"type":"object","properties":{"z":{"type":"string"},"a":{"type":"integer"},"m":{"type":"null"}}})");
    row("properties named like keywords are no keywords",
        R"({"type":"object","properties":{"const":{"type":"string"},"$ref":{"type":"string"},"$defs":{"type":"object","properties":{"$id":{"type":"string"}}},"format":{"type":"string"},"title":{"type":"string"},"type":{"type":"string"},"enum":{"type":"string"},"properties":{"type":"object","properties":{"required":{"type":"boolean"}}},"items":{"type":"array","items":{"type":"string"}},"allOf":{"type":"string"},"nullable":{"type":"string"},"minimum":{"type":"number"},"definitions":{"type":"string"},"id":{"type":"string"}},"required":["const","$ref","type"]})",
        R"({"type":"object","properties":{"const":{"type":"string"},"$ref":{"type":"string"},"$defs":{"type":"object","properties":{"$id":{"type":"string"}}},"format":{"type":"string"},"title":{"type":"string"},"type":{"type":"string"},"enum":{"type":"string"},"properties":{"type":"object","properties":{"required":{"type":"boolean"}}},"items":{"type":"array","items":{"type":"string"}},"allOf":{"type":"string"},"nullable":{"type":"string"},"minimum":{"type":"number"},"definitions":{"type":"string"},"id":{"type":"string"}},"required":["const","$ref","type"]})");
    row("names and comments of the schema go",
        R"({"$schema":"http://json-schema.org/draft-07/schema#","$id":"x","$comment":"c","$anchor":"a","type":"object","properties":{"id":{"id":"#q","type":"string"}}})",
        R"({"type":"object","properties":{"id":{"type":"string"}}})");
    row("additionalProperties, format, pattern, default stay",
        R"({"type":"object","properties":{"u":{"type":"string","format":"uuid","pattern":"^a","minLength":2,"default":{"$ref":"kept"},"title":"U"}},"additionalProperties":false})",
        R"({"type":"object","properties":{"u":{"type":"string","format":"uuid","pattern":"^a","minLength":2,"default":{"$ref":"kept"},"title":"U"}},"additionalProperties":false})");
    row("const becomes enum", R"({"const":"a","description":"d"})",
        R"({"type":"string","enum":["a"],"description":"d"})");
    row("const of a number with its type", R"({"type":"number","const":1.5})",
        R"({"type":"number","enum":[1.5]})");
    row("const null is the null type", R"({"const":null})", R"({"type":"null"})");
    row("enum gets its type", R"({"enum":[1,2.5]})", R"({"type":"number","enum":[1,2.5]})");
    row("mixed enum stays without a type", R"({"enum":[1,"a"]})", R"({"enum":[1,"a"]})");
    row("null in an enum becomes a choice",
        R"({"type":["string","null"],"enum":["a","b",null],"description":"d"})",
        R"({"anyOf":[{"type":"string","enum":["a","b"]},{"type":"null"}],"description":"d"})");
    row("type list with null stays", R"({"type":["string","null"]})", R"({"type":["string","null"]})");
    row("type list of one is that type", R"({"type":["string"]})", R"({"type":"string"})");
    row("OpenAPI's nullable is a null type", R"({"type":"integer","nullable":true})",
        R"({"type":["integer","null"]})");
    row("nullable with anyOf is one choice more", R"({"anyOf":[{"type":"string"}],"nullable":true})",
        R"({"anyOf":[{"type":"string"},{"type":"null"}]})");
    row("nullable false says nothing", R"({"type":"integer","nullable":false})", R"({"type":"integer"})");
    row("Gemini's spelling of types", R"({"type":"OBJECT","properties":{"a":{"type":"STRING"}}})",
        R"({"type":"object","properties":{"a":{"type":"string"}}})");
    row("type any is none", R"({"type":"any","description":"d"})", R"({"description":"d"})");
    row("exclusive bounds of an integer", R"({"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":10})",
        R"({"type":"integer","minimum":1,"maximum":9})");
    row("exclusive beside inclusive", R"({"type":"integer","exclusiveMinimum":0,"minimum":5})",
        R"({"type":"integer","minimum":5})");
    row("exclusive bound of a number", R"({"type":"number","exclusiveMinimum":0.5})",
        R"({"type":"number","minimum":0.5,"exclusiveMinimum":0.5})");
    row("draft 4 exclusive bound", R"({"type":"integer","minimum":3,"exclusiveMinimum":true})",
        R"({"type":"integer","minimum":4})");
    row("draft 4 bound that is not exclusive", R"({"type":"number","maximum":3,"exclusiveMaximum":false})",
        R"({"type":"number","maximum":3})");
    row("tuple of draft 4",
        R"({"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false})",
        R"({"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"maxItems":2})");
    row("tuple of 2020-12", R"({"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"null"}})",
        R"({"type":"array","prefixItems":[{"type":"string"}],"items":{"type":"null"}})");
    row("closed tuple of 2020-12",
        R"({"type":"array","prefixItems":[{"const":1}],"items":false,"minItems":1})",
        R"({"type":"array","prefixItems":[{"type":"integer","enum":[1]}],"maxItems":1,"minItems":1})");
    row("true is the open schema", R"({"type":"object","properties":{"a":true},"additionalProperties":true})",
        R"({"type":"object","properties":{"a":{}},"additionalProperties":true})");
    row("required name without a schema",
        R"({"type":"object","properties":{"a":{"type":"string"}},"required":["b","a","b"]})",
        R"({"type":"object","properties":{"a":{"type":"string"},"b":{}},"required":["b","a","b"]})");
    row("reference into $defs",
        R"({"type":"object","properties":{"c":{"$ref":"#/$defs/City"}},"$defs":{"City":{"type":"object","properties":{"n":{"type":"string"}}}}})",
        R"({"type":"object","properties":{"c":{"type":"object","properties":{"n":{"type":"string"}}}}})");
    row("reference with words of its own",
        R"({"properties":{"c":{"$ref":"#/definitions/City","description":"mine","default":null}},"definitions":{"City":{"type":"string","description":"theirs","title":"City"}}})",
        R"({"properties":{"c":{"description":"mine","default":null,"type":"string","title":"City"}}})");
    row("reference with demands of its own",
        R"({"properties":{"c":{"$ref":"#/$defs/A","minLength":5}},"$defs":{"A":{"type":"string","minLength":2,"maxLength":9}}})",
        R"({"properties":{"c":{"type":"string","minLength":5,"maxLength":9}}})");
    row("reference through references and escapes",
        R"({"properties":{"c":{"$ref":"#/$defs/a~1b%20c"}},"$defs":{"a/b c":{"$ref":"#/$defs/x~0y"},"x~y":{"const":3}}})",
        R"({"properties":{"c":{"type":"integer","enum":[3]}}})");
    row("reference into properties",
        R"({"properties":{"h":{"type":"object"},"a":{"type":"array","items":{"$ref":"#/properties/h"}}}})",
        R"({"properties":{"h":{"type":"object"},"a":{"type":"array","items":{"type":"object"}}}})");
    row("reference to an anchor and an id",
        R"({"properties":{"a":{"$ref":"#here"},"b":{"$ref":"city.json"}},"$defs":{"x":{"$anchor":"here","type":"string"},"y":{"$id":"city.json","type":"integer"}}})",
        R"({"properties":{"a":{"type":"string"},"b":{"type":"integer"}}})");
    row("references under every keyword",
        R"({"not":{"$ref":"#/$defs/A"},"patternProperties":{"^x":{"$ref":"#/$defs/A"}},"additionalProperties":{"$ref":"#/$defs/A"},"oneOf":[{"$ref":"#/$defs/A"}],"if":{"$ref":"#/$defs/A"},"$defs":{"A":{"type":"string"}}})",
        R"({"not":{"type":"string"},"patternProperties":{"^x":{"type":"string"}},"additionalProperties":{"type":"string"},"oneOf":[{"type":"string"}],"if":{"type":"string"}})");
    row("a schema that holds itself",
        R"({"type":"object","title":"Node","properties":{"v":{"type":"string"},"next":{"$ref":"#","description":"the rest"}}})",
        R"j({"type":"object","title":"Node","properties":{"v":{"type":"string"},"next":{"description":"the rest","type":"object","title":"Node","properties":{"v":{"type":"string"},"next":{"type":"object","description":"the rest (The form of Node again.)"}}}}})j");
    row("a definition that holds itself",
        R"({"$ref":"#/$defs/N","$defs":{"N":{"type":"object","properties":{"c":{"type":"array","items":{"$ref":"#/$defs/N"}}}}}})",
        R"j({"type":"object","properties":{"c":{"type":"array","items":{"type":"object","properties":{"c":{"type":"array","items":{"type":"object","description":"(The form of N again.)"}}}}}}})j");
    row("allOf of one", R"({"allOf":[{"type":"string","title":"T"}],"description":"d"})",
        R"({"type":"string","title":"T","description":"d"})");
    row("allOf unites objects in order",
        R"({"allOf":[{"$ref":"#/$defs/B"},{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}],"$defs":{"B":{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}}})",
        R"({"type":"object","properties":{"b":{"type":"string"},"a":{"type":"string"}},"required":["b","a"]})");
    row("allOf narrows",
        R"({"allOf":[{"type":["integer","null"],"minimum":1,"maximum":9},{"type":"number","minimum":3,"maximum":20}]})",
        R"({"type":"integer","minimum":3,"maximum":9})");
    row("allOf narrows enums and shared properties",
        R"({"allOf":[{"enum":["a","b","c"]},{"enum":["b","c","d"]}]})",
        R"({"type":"string","enum":["b","c"]})");
    row("allOf with a property in both",
        R"({"allOf":[{"properties":{"a":{"type":"string","minLength":1}}},{"properties":{"a":{"type":"string","maxLength":3}}}],"type":"object"})",
        R"({"type":"object","properties":{"a":{"type":"string","minLength":1,"maxLength":3}}})");
    row("numbers keep their text",
        R"({"type":"number","minimum":0.1,"multipleOf":0.01,"maximum":18446744073709551615})",
        R"({"type":"number","minimum":0.1,"maximum":18446744073709551615,"multipleOf":0.01})");
}

void TstSchema::rewrites()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, expected);
    const Result<std::string> out = written(schema.toStdString());
    QVERIFY2(out, out ? "" : out.error().text.c_str());
    QCOMPARE(textOf(*out), QString::fromUtf8(expected));
}

void TstSchema::refuses_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *name, const char *schema, const char *param) {
        QTest::newRow(name) << QByteArray(schema) << QByteArray(param);
    };
    row("reference to nowhere", R"({"properties":{"a":{"$ref":"#/$defs/no"}}})", "schema.properties.a");
    row("remote reference", R"({"properties":{"a":{"$ref":"https://example.com/s.json"}}})",
        "schema.properties.a");
    row("reference to itself only", R"({"$defs":{"A":{"$ref":"#/$defs/A"}},"$ref":"#/$defs/A"})", "schema");
    row("allOf that holds itself", R"({"$defs":{"A":{"allOf":[{"$ref":"#/$defs/A"}]}},"$ref":"#/$defs/A"})",
        "schema.allOf[0]");
    row("contradiction in allOf", R"({"allOf":[{"type":"string"},{"type":"integer"}]})",
        "schema.allOf[1].type");
    row("two patterns", R"({"allOf":[{"pattern":"a"},{"pattern":"b"}]})", "schema.allOf[1].pattern");
    row("type that is none", R"({"properties":{"a":{"type":"dict"}}})", "schema.properties.a.type");
    row("schema that is text", R"({"properties":{"a":"string"}})", "schema.properties.a");
    row("schema that allows nothing", R"({"properties":{"a":false}})", "schema.properties.a");
    row("properties as a list", R"({"type":"object","properties":[]})", "schema.properties");
    row("required as a boolean", R"({"properties":{"a":{"type":"string","required":true}}})",
        "schema.properties.a.required");
    row("empty enum", R"({"enum":[]})", "schema.enum");
    row("anyOf as an object", R"({"anyOf":{}})", "schema.anyOf");
    row("schema is a list", "[]", "schema");
}

void TstSchema::refuses()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, param);
    const Result<std::string> out = written(schema.toStdString());
    QVERIFY(!out);
    QCOMPARE(out.error().status, 400);
    QVERIFY2(out.error().param.starts_with(param.toStdString()), out.error().param.c_str());
    QVERIFY(out.error().text.starts_with(out.error().param));
}

void TstSchema::parametersAreObjects()
{
    QCOMPARE(textOf(*written(R"({"properties":{"a":{}}})", SchemaUse::Parameters)),
             QString::fromUtf8(R"({"type":"object","properties":{"a":{}}})"));
    QCOMPARE(textOf(*written(R"({"$ref":"#/$defs/A","$defs":{"A":{"properties":{"a":{}}}}})",
                             SchemaUse::Parameters)),
             QString::fromUtf8(R"({"type":"object","properties":{"a":{}}})"));
    QVERIFY(!written(R"({"type":"string"})", SchemaUse::Parameters));
    QVERIFY(!written(R"(["a"])", SchemaUse::Parameters));
}

void TstSchema::emptyParameters_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<bool>("none");
    QTest::newRow("empty") << QByteArray("{}") << true;
    QTest::newRow("object without properties")
        << QByteArray(R"({"type":"object","properties":{},"additionalProperties":false,"$schema":"x"})")
        << true;
    QTest::newRow("free form") << QByteArray(R"({"type":"object","additionalProperties":true})") << false;
    QTest::newRow("with a property") << QByteArray(R"({"type":"object","properties":{"a":{}}})") << false;
    QTest::newRow("reference") << QByteArray(R"({"$ref":"#/$defs/A"})") << false;
    QTest::newRow("not an object") << QByteArray(R"({"type":"string"})") << false;
}

void TstSchema::emptyParameters()
{
    QFETCH(QByteArray, schema);
    QFETCH(bool, none);
    QCOMPARE(allowsNoParameters(*parseJson(schema.toStdString())), none);
}

void TstSchema::explodingReferencesAreRefused()
{
    // Each definition holds the next one ten times: ten to the power of twelve when written out.
    std::string schema = R"({"$ref":"#/$defs/d0","$defs":{)";
    for (int i = 0; i < 12; ++i) {
        schema += "\"d" + std::to_string(i) + "\":{\"anyOf\":[";
        for (int k = 0; k < 10; ++k)
            schema += (k ? "," : "") + std::string("{\"$ref\":\"#/$defs/d") + std::to_string(i + 1) + "\"}";
        schema += "]},";
    }
    schema += R"("d12":{"type":"string"}}})";
    const Result<std::string> out = written(schema);
    QVERIFY(!out);
    QVERIFY(out.error().text.find("beyond bounds") != std::string::npos);
}

void TstSchema::mutualRecursionEnds()
{
    // Five forms that hold each other: followed twice they would explode, followed once they do not.
    std::string schema = R"({"type":"object","properties":{"f":{"$ref":"#/$defs/f0"}},"$defs":{)";
    for (int i = 0; i < 5; ++i) {
        schema +=
            (i ? "," : "") + std::string("\"f") + std::to_string(i) + R"(":{"type":"object","properties":{)";
        for (int k = 0; k < 5; ++k)
            schema += (k ? "," : "") + std::string("\"p") + std::to_string(k) + "\":{\"$ref\":\"#/$defs/f" +
                      std::to_string(k) + "\"}";
        schema += "}}";
    }
    schema += "}}";
    const Result<std::string> out = written(schema);
    QVERIFY2(out, out ? "" : out.error().text.c_str());
    QVERIFY(parseJson(*out));
    QVERIFY(out->find("$ref") == std::string::npos);
}

void TstSchema::answersMayBeOfAnyType()
{
    QCOMPARE(textOf(*written(R"({"type":"array","items":{"type":"string"}})")),
             QString::fromUtf8(R"({"type":"array","items":{"type":"string"}})"));
    QCOMPARE(textOf(*written("true")), QString::fromUtf8("{}"));
}

QTEST_APPLESS_MAIN(TstSchema)
#include "tst_schema.moc"
