<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n keys were sidelined</source>
        <translation>
            <numerusform>%n key was sidelined</numerusform>
            <numerusform>%n keys were sidelined</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message numerus="yes">
        <source>%n keys were refused by Google</source>
        <translation>
            <numerusform>%n key was refused by Google</numerusform>
            <numerusform>%n keys were refused by Google</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answers in a row said so. It is tried again by itself.</source>
        <translation>
            <numerusform>%n answer said so. It is tried again by itself.</numerusform>
            <numerusform>%n answers in a row said so. It is tried again by itself.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys have met their quota.</source>
        <translation>
            <numerusform>%n key has met its quota.</numerusform>
            <numerusform>%n keys have met their quota.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changes wait for a restart</source>
        <translation>
            <numerusform>%n change waits for a restart</numerusform>
            <numerusform>%n changes wait for a restart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusView</name>
    <message numerus="yes">
        <source>%1 of %n keys usable</source>
        <extracomment>%1 is how many of the keys can be used, %n how many keys there are</extracomment>
        <translation>
            <numerusform>%1 of %n key usable</numerusform>
            <numerusform>%1 of %n keys usable</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::GatewayCard</name>
    <message numerus="yes">
        <source>No usable key for %n models now. Other models answer.</source>
        <translation>
            <numerusform>No usable key for %n model now. Other models answer.</numerusform>
            <numerusform>No usable key for %n models now. Other models answer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::LogPage</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::MainWindow</name>
    <message numerus="yes">
        <source>%n changes take effect after a restart of the gateway.</source>
        <translation>
            <numerusform>%n change takes effect after a restart of the gateway.</numerusform>
            <numerusform>%n changes take effect after a restart of the gateway.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::RequestModel</name>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::RequestPane</name>
    <message numerus="yes">
        <source>%1 after %n attempts</source>
        <translation>
            <numerusform>%1 after %n attempt</numerusform>
            <numerusform>%1 after %n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::RequestsPage</name>
    <message numerus="yes">
        <source>Delete what is older than %n days</source>
        <translation>
            <numerusform>Delete what is older than %n day</numerusform>
            <numerusform>Delete what is older than %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n requests?</source>
        <translation>
            <numerusform>Delete %n request?</numerusform>
            <numerusform>Delete %n requests?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete requests older than %n days?</source>
        <translation>
            <numerusform>Delete requests older than %n day?</numerusform>
            <numerusform>Delete requests older than %n days?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n requests deleted</source>
        <translation>
            <numerusform>%n request deleted</numerusform>
            <numerusform>%n requests deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::StatusBar</name>
    <message numerus="yes">
        <source>%n requests/min</source>
        <translation>
            <numerusform>%n request/min</numerusform>
            <numerusform>%n requests/min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in flight</source>
        <translation>
            <numerusform>%n in flight</numerusform>
            <numerusform>%n in flight</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::WelcomeKeys</name>
    <message numerus="yes">
        <source>Add %n keys</source>
        <translation>
            <numerusform>Add %n key</numerusform>
            <numerusform>Add %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation>
            <numerusform>%n known</numerusform>
            <numerusform>%n known</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n twice in this text</source>
        <translation>
            <numerusform>%n twice in this text</numerusform>
            <numerusform>%n twice in this text</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n malformed, which are skipped</source>
        <translation>
            <numerusform>%n malformed, which is skipped</numerusform>
            <numerusform>%n malformed, which are skipped</numerusform>
        </translation>
    </message>
</context>
</TS>
