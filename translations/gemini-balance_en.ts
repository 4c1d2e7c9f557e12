<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>KeyWords</name>
    <message numerus="yes">
        <source>after %n failure(s)</source>
        <translation>
            <numerusform>after %n failure</numerusform>
            <numerusform>after %n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s)</source>
        <translation>
            <numerusform>%n failure</numerusform>
            <numerusform>%n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
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
    <name>Ui::AddKeysDialog</name>
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
        <source>%n malformed</source>
        <translation>
            <numerusform>%n malformed</numerusform>
            <numerusform>%n malformed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) added</source>
        <translation>
            <numerusform>%n key added</numerusform>
            <numerusform>%n keys added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) checked. You can close this; the check goes on.</source>
        <translation>
            <numerusform>%1 of %n key checked. You can close this; the check goes on.</numerusform>
            <numerusform>%1 of %n keys checked. You can close this; the check goes on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n key(s) work.</source>
        <translation>
            <numerusform>The key works.</numerusform>
            <numerusform>All %n keys work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) work.</source>
        <translation>
            <numerusform>%1 of %n key works.</numerusform>
            <numerusform>%1 of %n keys work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n key(s)</source>
        <translation>
            <numerusform>Add %n key</numerusform>
            <numerusform>Add %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take over %n more: access tokens, settings and proxies</source>
        <translation>
            <numerusform>Take over %n more: access tokens, settings and proxies</numerusform>
            <numerusform>Take over %n more: access tokens, settings and proxies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n more taken over</source>
        <translation>
            <numerusform>%1, %n more taken over</numerusform>
            <numerusform>%1, %n more taken over</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::CheckResults</name>
    <message numerus="yes">
        <source>Remove %n refused key(s)</source>
        <translation>
            <numerusform>Remove %n refused key</numerusform>
            <numerusform>Remove %n refused keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::CheckStrip</name>
    <message numerus="yes">
        <source>Checking %n key(s), %1 done</source>
        <translation>
            <numerusform>Checking %n key, %1 done</numerusform>
            <numerusform>Checking %n keys, %1 done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The check was cancelled; %n key(s) were checked</source>
        <translation>
            <numerusform>The check was cancelled; %n key was checked</numerusform>
            <numerusform>The check was cancelled; %n keys were checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) checked: all work</source>
        <translation>
            <numerusform>%n key checked: it works</numerusform>
            <numerusform>%n keys checked: all work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) checked: %1 work, %2 were refused or gave no clear answer</source>
        <translation>
            <numerusform>%n key checked: %1 work, %2 were refused or gave no clear answer</numerusform>
            <numerusform>%n keys checked: %1 work, %2 were refused or gave no clear answer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::ExportDialog</name>
    <message numerus="yes">
        <source>Export %n key(s)</source>
        <translation>
            <numerusform>Export %n key</numerusform>
            <numerusform>Export %n keys</numerusform>
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
    <name>Ui::KeyActs</name>
    <message numerus="yes">
        <source>%n key(s) rest, %1</source>
        <translation>
            <numerusform>%n key rests, %1</numerusform>
            <numerusform>%n keys rest, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) are used again</source>
        <translation>
            <numerusform>%n key is used again</numerusform>
            <numerusform>%n keys are used again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) enabled</source>
        <translation>
            <numerusform>%n key enabled</numerusform>
            <numerusform>%n keys enabled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) disabled</source>
        <translation>
            <numerusform>%n key disabled</numerusform>
            <numerusform>%n keys disabled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Failures of %n key(s) are reset</source>
        <translation>
            <numerusform>Failures of %n key are reset</numerusform>
            <numerusform>Failures of %n keys are reset</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) removed</source>
        <translation>
            <numerusform>%n key removed</numerusform>
            <numerusform>%n keys removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) taken out of their projects</source>
        <translation>
            <numerusform>%n key taken out of its project</numerusform>
            <numerusform>%n keys taken out of their projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) moved to %1</source>
        <translation>
            <numerusform>%n key moved to %1</numerusform>
            <numerusform>%n keys moved to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::KeyHistoryDelegate</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::KeyTools</name>
    <message numerus="yes">
        <source>%n or more</source>
        <translation>
            <numerusform>%n or more</numerusform>
            <numerusform>%n or more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failure(s) or more</source>
        <translation>
            <numerusform>%n failure or more</numerusform>
            <numerusform>%n failures or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::KeysPage</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s)</source>
        <translation>
            <numerusform>%n project</numerusform>
            <numerusform>%n projects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Check the spelling, or clear the filters: %n key(s) are hidden by them.</source>
        <translation>
            <numerusform>Check the spelling, or clear the filters: %n key is hidden by them.</numerusform>
            <numerusform>Check the spelling, or clear the filters: %n keys are hidden by them.</numerusform>
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
    <name>Ui::MoveDialog</name>
    <message numerus="yes">
        <source>Move %n key(s) to a project</source>
        <translation>
            <numerusform>Move %n key to a project</numerusform>
            <numerusform>Move %n keys to a project</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::RequestFilters</name>
    <message numerus="yes">
        <source>More filters: %n set</source>
        <translation>
            <numerusform>More filters: %n set</numerusform>
            <numerusform>More filters: %n set</numerusform>
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
    <name>Ui::TokenDialog</name>
    <message numerus="yes">
        <source>In %n day(s)</source>
        <translation>
            <numerusform>In %n day</numerusform>
            <numerusform>In %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Ui::TokenTexts</name>
    <message numerus="yes">
        <source>%n request(s)</source>
        <translation>
            <numerusform>%n request</numerusform>
            <numerusform>%n requests</numerusform>
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
