<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>Ui::KeysCard</name>
    <message numerus="yes">
        <source>%n usable key(s)</source>
        <translation>
            <numerusform>%n usable key</numerusform>
            <numerusform>%n usable keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sidelined key(s)</source>
        <translation>
            <numerusform>%n sidelined key</numerusform>
            <numerusform>%n sidelined keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n disabled key(s)</source>
        <translation>
            <numerusform>%n disabled key</numerusform>
            <numerusform>%n disabled keys</numerusform>
        </translation>
    </message>
</context>
</TS>
