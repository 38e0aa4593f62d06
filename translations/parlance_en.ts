<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Parlance::CellPanel</name>
    <message numerus="yes">
        <source>%n retry(s)</source>
        <translation>
            <numerusform>%n retry</numerusform>
            <numerusform>%n retrys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::Compare</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::CompareDialog</name>
    <message numerus="yes">
        <source>%1 · %2 · %n column(s)</source>
        <translation>
            <numerusform>%1 · %2 · %n column</numerusform>
            <numerusform>%1 · %2 · %n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::CompareHead</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::CompareWindow</name>
    <message numerus="yes">
        <source>%1 is marked production. It is asked the same words %n time(s).</source>
        <translation>
            <numerusform>%1 is marked production. It is asked the same words %n time.</numerusform>
            <numerusform>%1 is marked production. It is asked the same words %n times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ComparisonReport</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) judged, %1 of them blind.</source>
        <translation>
            <numerusform>%n turn judged, %1 of them blind.</numerusform>
            <numerusform>%n turns judged, %1 of them blind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tie(s)</source>
        <translation>
            <numerusform>%n tie</numerusform>
            <numerusform>%n ties</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::CsvReader</name>
    <message numerus="yes">
        <source>Line %1 does not have %n field(s), as the first has.</source>
        <translation>
            <numerusform>Line %1 does not have %n field, as the first has.</numerusform>
            <numerusform>Line %1 does not have %n fields, as the first has.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::EventsPage</name>
    <message numerus="yes">
        <source>%n event(s), %1</source>
        <translation>
            <numerusform>%n event, %1</numerusform>
            <numerusform>%n events, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n event(s)</source>
        <translation>
            <numerusform>%1 of %n event</numerusform>
            <numerusform>%1 of %n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::FileWords</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages of other attempts are not in this file; one for Parlance (JSON) has them</source>
        <translation>
            <numerusform>%n message of other attempts is not in this file; one for Parlance (JSON) has it</numerusform>
            <numerusform>%n messages of other attempts are not in this file; one for Parlance (JSON) has them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::FrameModel</name>
    <message numerus="yes">
        <source>%1 s, %2, %n byte(s)</source>
        <translation>
            <numerusform>%1 s, %2, %n byte</numerusform>
            <numerusform>%1 s, %2, %n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::IdentityCommands</name>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) behind. Requests are signed with the service&apos;s time; set the clock.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute behind. Requests are signed with the service&apos;s time; set the clock.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes behind. Requests are signed with the service&apos;s time; set the clock.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This computer&apos;s clock is %n minute(s) ahead. Requests are signed with the service&apos;s time; set the clock.</source>
        <translation>
            <numerusform>This computer&apos;s clock is %n minute ahead. Requests are signed with the service&apos;s time; set the clock.</numerusform>
            <numerusform>This computer&apos;s clock is %n minutes ahead. Requests are signed with the service&apos;s time; set the clock.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ImportDialog</name>
    <message numerus="yes">
        <source>Add %n agents</source>
        <translation>
            <numerusform>Add %n agent</numerusform>
            <numerusform>Add %n agents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::Invocation</name>
    <message numerus="yes">
        <source>At most %n extra header(s) can be sent.</source>
        <translation>
            <numerusform>At most %n extra header can be sent.</numerusform>
            <numerusform>At most %n extra headers can be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::Judge</name>
    <message numerus="yes">
        <source>%n letter(s) differ.</source>
        <translation>
            <numerusform>%n letter differs.</numerusform>
            <numerusform>%n letters differ.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>More than %n letter(s) differ.</source>
        <translation>
            <numerusform>More than %n letter differs.</numerusform>
            <numerusform>More than %n letters differ.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::MainWindow</name>
    <message numerus="yes">
        <source>%n answer(s) streaming</source>
        <translation>
            <numerusform>%n answer streaming</numerusform>
            <numerusform>%n answers streaming</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RepeatColumn</name>
    <message numerus="yes">
        <source>Show more of %n other answer(s)</source>
        <translation>
            <numerusform>Show one other answer</numerusform>
            <numerusform>Show more of %n other answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RepeatDialog</name>
    <message numerus="yes">
        <source>%n question(s) in all</source>
        <translation>
            <numerusform>%n question in all</numerusform>
            <numerusform>%n questions in all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RepeatWindow</name>
    <message numerus="yes">
        <source>%1 of %n answer(s)</source>
        <translation>
            <numerusform>%1 of %n answer</numerusform>
            <numerusform>%1 of %n answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ReplayBar</name>
    <message numerus="yes">
        <source>%1 of %n turn(s) replayed</source>
        <translation>
            <numerusform>%1 of %n turn replayed</numerusform>
            <numerusform>%1 of %n turns replayed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RunDesk</name>
    <message numerus="yes">
        <source>%n session(s) could not be ended and will idle out. The first: %1</source>
        <translation>
            <numerusform>%n session could not be ended and will idle out: %1</numerusform>
            <numerusform>%n sessions could not be ended and will idle out. The first: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RunDialog</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoint(s)</source>
        <translation>
            <numerusform>%n endpoint</numerusform>
            <numerusform>%n endpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeat(s)</source>
        <translation>
            <numerusform>%n repeat</numerusform>
            <numerusform>%n repeats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s)</source>
        <translation>
            <numerusform>%n cell</numerusform>
            <numerusform>%n cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RunHead</name>
    <message numerus="yes">
        <source>%n regression(s)</source>
        <translation>
            <numerusform>%n regression</numerusform>
            <numerusform>%n regressions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::RuntimePicker</name>
    <message numerus="yes">
        <source>%n agents so far…</source>
        <translation>
            <numerusform>%n agent so far…</numerusform>
            <numerusform>%n agents so far…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agents.</source>
        <translation>
            <numerusform>%n agent.</numerusform>
            <numerusform>%n agents.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n agents fit.</source>
        <translation>
            <numerusform>%1 of %n agent fits.</numerusform>
            <numerusform>%1 of %n agents fit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SchemaField</name>
    <message numerus="yes">
        <source>At least %n character(s) are needed.</source>
        <translation>
            <numerusform>At least %n character is needed.</numerusform>
            <numerusform>At least %n characters are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n character(s) fit.</source>
        <translation>
            <numerusform>At most %n character fits.</numerusform>
            <numerusform>At most %n characters fit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose at least %n.</source>
        <translation>
            <numerusform>Choose at least %n.</numerusform>
            <numerusform>Choose at least %n.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least %n item(s) are needed.</source>
        <translation>
            <numerusform>At least %n item is needed.</numerusform>
            <numerusform>At least %n items are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose at most %n.</source>
        <translation>
            <numerusform>Choose at most %n.</numerusform>
            <numerusform>Choose at most %n.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %n item(s) are allowed.</source>
        <translation>
            <numerusform>At most %n item is allowed.</numerusform>
            <numerusform>At most %n items are allowed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SearchView</name>
    <message numerus="yes">
        <source>%n messages found</source>
        <translation>
            <numerusform>%n message found</numerusform>
            <numerusform>%n messages found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SessionsDialog</name>
    <message numerus="yes">
        <source>%n session(s) could not be ended.</source>
        <translation>
            <numerusform>%n session could not be ended.</numerusform>
            <numerusform>%n sessions could not be ended.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ShellCommands</name>
    <message numerus="yes">
        <source>Paste %n line(s) into the shell?</source>
        <translation>
            <numerusform>Paste one line into the shell?</numerusform>
            <numerusform>Paste %n lines into the shell?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>End %n open shell(s)?</source>
        <translation>
            <numerusform>End the open shell?</numerusform>
            <numerusform>End %n open shells?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ShellPane</name>
    <message numerus="yes">
        <source>The service ends it in %n minute(s)</source>
        <translation>
            <numerusform>The service ends it in one minute</numerusform>
            <numerusform>The service ends it in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SourceCommands</name>
    <message numerus="yes">
        <source>%n agents were added.</source>
        <translation>
            <numerusform>%n agent was added.</numerusform>
            <numerusform>%n agents were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n agents were exported to %1, without tokens and client secrets.</source>
        <translation>
            <numerusform>%n agent was exported to %1, without tokens and client secrets.</numerusform>
            <numerusform>%n agents were exported to %1, without tokens and client secrets.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SourcePage</name>
    <message numerus="yes">
        <source>Add %n agents</source>
        <translation>
            <numerusform>Add %n agent</numerusform>
            <numerusform>Add %n agents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::SuitesWindow</name>
    <message numerus="yes">
        <source>%1 is marked production. It is asked %n question(s) of “%2”.</source>
        <translation>
            <numerusform>%1 is marked production. It is asked %n question of “%2”.</numerusform>
            <numerusform>%1 is marked production. It is asked %n questions of “%2”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::ToolMatch</name>
    <message numerus="yes">
        <source>“%1” was called %n time(s).</source>
        <translation>
            <numerusform>“%1” was called %n time.</numerusform>
            <numerusform>“%1” was called %n times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::Transcript</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last %n line(s) of a long output</source>
        <translation>
            <numerusform>The last line of a long output</numerusform>
            <numerusform>The last %n lines of a long output</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of output</source>
        <translation>
            <numerusform>%n line of output</numerusform>
            <numerusform>%n lines of output</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed tries before</source>
        <translation>
            <numerusform>%n failed try before</numerusform>
            <numerusform>%n failed tries before</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::TranscriptView</name>
    <message numerus="yes">
        <source>Jump to latest, %n new</source>
        <translation>
            <numerusform>Jump to latest, %n new</numerusform>
            <numerusform>Jump to latest, %n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::TransferCommands</name>
    <message numerus="yes">
        <source>%n conversations were exported to %1.</source>
        <translation>
            <numerusform>%n conversation was exported to %1.</numerusform>
            <numerusform>%n conversations were exported to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations were imported.</source>
        <translation>
            <numerusform>%n conversation was imported.</numerusform>
            <numerusform>%n conversations were imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parlance::VerdictBar</name>
    <message numerus="yes">
        <source>%n turn(s) judged</source>
        <translation>
            <numerusform>%n turn judged</numerusform>
            <numerusform>%n turns judged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tie(s)</source>
        <translation>
            <numerusform>%n tie</numerusform>
            <numerusform>%n ties</numerusform>
        </translation>
    </message>
</context>
</TS>
