// SPDX-License-Identifier: Apache-2.0
#include "wire/choosedecoder.h"
#include "wire/chooseinterpreter.h"
#include "wire/deltaprinter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QString read(const QByteArray &type, const QByteArray &body)
{
    std::vector<Frame> frames;
    const auto decoder = makeDecoder(type);
    decoder->feed(body, frames);
    decoder->finish(frames);
    const auto interpreter = makeInterpreter();
    std::vector<Delta> deltas;
    for (const Frame &frame : frames)
        interpreter->interpret(frame, deltas);
    interpreter->finish(deltas);
    return printed(deltas);
}

QByteArray events(std::initializer_list<const char *> payloads)
{
    QByteArray body;
    for (const char *payload : payloads)
        body += QByteArray("data: ") + payload + "\n\n";
    return body;
}

const QByteArray sse("text/event-stream");
const QByteArray json("application/json");

void row(const char *name, const QByteArray &type, const QByteArray &body, const QString &expected)
{
    QTest::newRow(name) << type << body << expected;
}

void plainRows()
{
    row("P1 JSON strings", sse, events({R"("Hel")", R"("lo\nworld é")"}), u"text Hello\nworld é"_s);
    row("P1 body", json, R"("plain \"q\"\nx")", u"text plain \"q\"\nx"_s);
    row("P2 raw text", sse, "data: Hello\ndata: world\n\ndata: !\n\n", u"text Hello\nworld!"_s);
    row("P2 body called JSON", json, R"(plain "q")", u"text plain \"q\""_s);
    row("P3", json, R"({"result":"Hello"})", u"text Hello"_s);
    row("P4", json, R"({"result":{"role":"assistant","content":[{"text":"Hel"},{"text":"lo"}]}})",
        u"text Hello"_s);
    row("P5", json, R"({"response":"Hello","status":"success"})", u"text Hello"_s);
    row("P5 list", json, R"({"response":["Hel","lo"],"status":"success"})", u"text Hello"_s);
    row("P6", sse, events({R"({"chunk":"Hel"})", R"({"chunk":"Hel"})"}), u"text HelHel"_s);
    row("P7", json, R"({"message":"Hello"})", u"text Hello"_s);
    row("P7 blocks", json, R"({"message":{"role":"assistant","content":[{"text":"Hello"}]}})",
        u"text Hello"_s);
    row("P8", sse, events({R"({"text":"Hel"})", R"({"text":"lo"})"}), u"text Hello"_s);
    row("P9 output", json, R"({"output":"Hello"})", u"text Hello"_s);
    row("P9 answer", json, R"({"answer":"Hello"})", u"text Hello"_s);
    row("P9 content", json, R"({"content":"Hello"})", u"text Hello"_s);
    row("P10", sse, events({R"({"event":"partial "})", R"({"event":"response"})"}),
        u"text partial response"_s);
    row("P11", sse,
        events(
            {R"("Hi")",
             R"({"error":"boom","error_type":"RuntimeError","message":"An error occurred during streaming"})"}),
        u"text Hi\nerror RuntimeError boom"_s);
    row("P12", sse, "data: Hi\n\nevent: error\ndata: {\"error\":\"boom\"}\n\n", u"text Hi\nerror  boom"_s);
    row("P13", json, R"({"status":"error","error":"Missing required fields"})",
        u"error  Missing required fields"_s);
    row("P14", json, R"({"error":"no"})", u"error  no"_s);
    row("P15", sse,
        events(
            {R"("{'init_event_loop': True, 'agent': <strands.agent.Agent object at 0x7f00>}")",
             R"({"event":{"contentBlockDelta":{"delta":{"text":"Hel"},"contentBlockIndex":0}}})",
             R"("{'data': 'Hel', 'delta': {'text': 'Hel'}, 'agent': <strands.agent.Agent object at 0x7f00>}")",
             R"("{'result': AgentResult(stop_reason='end_turn', message={})}")"}),
        u"text Hel"_s);
    row("P15 alone", sse, events({R"("{'data': 'Hel', 'agent': <x.Agent object at 0x7f00>}")"}),
        u"raw repr"_s);
    row("P16", sse, events({R"("{\"text\":\"Hi\"}")"}), u"text Hi"_s);
    row("P16 unknown", sse, events({R"("{\"colour\":\"red\"}")"}), u"text {\"colour\":\"red\"}"_s);
    row("P17", sse,
        events(
            {R"({"choices":[{"delta":{"role":"assistant","content":""}}]})",
             R"({"choices":[{"delta":{"content":"Hel"}}]})",
             R"({"choices":[{"delta":{"content":"lo"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})",
             "[DONE]"}),
        u"text Hello\nstop stop\nusage 3 2 5"_s);
    row("null and numbers", sse, events({"null", "5"}), u"text 5"_s);
    row("unknown event", sse, events({R"({"colour":"red"})", R"({"type":"shiny","x":1})"}),
        u"raw colour\nraw shiny"_s);
    row("rows", json, " [{\"z\": 1.50},\n {\"z\": 2}]\n",
        u"text ```json\n[{\"z\": 1.50},\n {\"z\": 2}]\n```"_s);
    row("unknown body", json, R"({"colour":"red"})", u"text ```json\n{\"colour\":\"red\"}\n```"_s);
    row("serialisation failed", sse, events({R"({"error":"Serialization failed","original_type":"Foo"})"}),
        u"error  Serialization failed"_s);
    row("a word said twice", sse,
        events({R"({"content":"ha"})", R"({"content":" "})", R"({"content":"ha"})", R"({"content":"ha"})"}),
        u"text ha haha"_s);
    row("pieces, then the whole", sse,
        events({R"({"chunk":"Hel"})", R"({"chunk":"lo"})", R"({"response":"Hello"})"}), u"text Hello"_s);
    row("raw pieces that read as JSON", sse,
        "data: costs\n\ndata:  1.50\n\ndata:  \n\ndata: {}\n\ndata: null\n\ndata: 2.0\n\n",
        u"text costs 1.50 {}null2.0"_s);
    row("a Python dict in the agent's own words", json, R"("{'a': 1, 'b': [2]}")",
        u"text {'a': 1, 'b': [2]}"_s);
    row("lines of text", sse, "# One\n\nTwo\n", u"text # One\n\nTwo\n"_s);
    row("lines of JSON", "application/x-ndjson", "{\"chunk\":\"Hel\"}\n\n{\"chunk\":\"lo\"}\n",
        u"text Hello"_s);
    row("NaN", sse, events({R"({"text":"a","score":NaN})"}), u"text a"_s);
}

void strandsRows()
{
    const char *start = R"({"event":{"messageStart":{"role":"assistant"}}})";
    const char *hel = R"({"event":{"contentBlockDelta":{"delta":{"text":"Hel"},"contentBlockIndex":0}}})";
    const char *lo = R"({"event":{"contentBlockDelta":{"delta":{"text":"lo"},"contentBlockIndex":0}}})";
    row("S1 S2 S3 S7 S8 S9", sse,
        events(
            {R"({"init_event_loop":true})", R"({"start":true})", R"({"start_event_loop":true})", start, hel,
             lo, R"({"event":{"contentBlockStop":{"contentBlockIndex":0}}})",
             R"({"event":{"messageStop":{"stopReason":"end_turn"}}})",
             R"({"event":{"metadata":{"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15},"metrics":{"latencyMs":812}}}})"}),
        u"text Hello\nstop end_turn\nusage 10 5 15"_s);
    row("all four shapes of one text", sse,
        events(
            {start, hel, R"({"data":"Hel","delta":{"text":"Hel"}})", lo,
             R"({"data":"lo","delta":{"text":"lo"}})",
             R"({"message":{"role":"assistant","content":[{"text":"Hello"}]}})",
             R"({"result":{"stop_reason":"end_turn","message":{"role":"assistant","content":[{"text":"Hello"}]}}})"}),
        u"text Hello\nstop end_turn"_s);
    row("S11 alone", sse, events({R"({"data":"Hel"})", R"({"data":"lo"})"}), u"text Hello"_s);
    row("S15 alone", sse, events({R"({"message":{"role":"assistant","content":[{"text":"Hello"}]}})"}),
        u"text Hello"_s);
    row("S19 alone", sse,
        events(
            {R"({"result":{"stop_reason":"end_turn","message":{"role":"assistant","content":[{"text":"Hello"}]}}})"}),
        u"stop end_turn\ntext Hello"_s);
    row("S4 S5 S12 S15 S16 tool loop", sse,
        events(
            {start, hel,
             R"({"event":{"contentBlockStart":{"start":{"toolUse":{"toolUseId":"t1","name":"calc"}},"contentBlockIndex":1}}})",
             R"({"event":{"contentBlockDelta":{"delta":{"toolUse":{"input":"{\"a\":"}},"contentBlockIndex":1}}})",
             R"({"type":"tool_use_stream","delta":{},"current_tool_use":{"toolUseId":"t1","name":"calc","input":"{\"a\":"}})",
             R"({"event":{"contentBlockDelta":{"delta":{"toolUse":{"input":"1}"}},"contentBlockIndex":1}}})",
             R"({"type":"tool_use_stream","delta":{},"current_tool_use":{"toolUseId":"t1","name":"calc","input":"{\"a\":1}"}})",
             R"({"event":{"contentBlockStop":{"contentBlockIndex":1}}})",
             R"({"message":{"role":"assistant","content":[{"text":"Hel"},{"toolUse":{"toolUseId":"t1","name":"calc","input":{"a":1}}}]}})",
             R"({"message":{"role":"user","content":[{"toolResult":{"toolUseId":"t1","status":"success","content":[{"text":"3"}]}}]}})",
             start, lo, R"({"message":{"role":"assistant","content":[{"text":"lo"}]}})"}),
        u"text Hel\ntool t1 calc\nargs t1 {\"a\":1}\nrunning t1\nresult t1 3\ntext lo"_s);
    row("a message told after the next began", sse,
        events({start, hel, start, R"({"message":{"role":"assistant","content":[{"text":"Hel"}]}})", lo}),
        u"text Hel\ntext lo"_s);
    row("a message longer than its stream", sse,
        events({start, hel, R"({"message":{"role":"assistant","content":[{"text":"Hello"}]}})"}),
        u"text Hello"_s);
    row("the same words in two messages", sse,
        events({R"({"message":{"role":"assistant","content":[{"text":"OK"}]}})",
                R"({"message":{"role":"assistant","content":[{"text":"OK"}]}})"}),
        u"text OK\ntext OK"_s);
    row("messageStart tells nothing of the text's source", sse,
        events({start, R"({"data":"Hel"})", R"({"data":"lo"})"}), u"text Hello"_s);
    row("a citation told in three ways", sse,
        events(
            {start, hel,
             R"({"event":{"contentBlockDelta":{"delta":{"citation":{"title":"T"}},"contentBlockIndex":0}}})",
             R"({"citation":{"title":"T"},"delta":{}})",
             R"({"message":{"role":"assistant","content":[{"citationsContent":{"content":[{"text":"Hel"}],"citations":[{"title":"T"}]}}]}})"}),
        u"text Hel\ncite T "_s);
    row("S12 alone", sse,
        events(
            {R"({"type":"tool_use_stream","current_tool_use":{"toolUseId":"t1","name":"calc","input":"{\"a\""}})",
             R"({"type":"tool_use_stream","current_tool_use":{"toolUseId":"t1","name":"calc","input":"{\"a\":1}"}})"}),
        u"tool t1 calc\nargs t1 {\"a\":1}"_s);
    row("tool loop by messages alone", sse,
        events(
            {R"({"message":{"role":"assistant","content":[{"text":"Let me see"},{"toolUse":{"toolUseId":"t1","name":"calc","input":{"a":1}}}]}})",
             R"({"message":{"role":"user","content":[{"toolResult":{"toolUseId":"t1","status":"error","content":[{"json":{"x":2}}]}}]}})",
             R"({"message":{"role":"assistant","content":[{"text":"Done"}]}})"}),
        u"text Let me see\ntool t1 calc\nargs t1 {\"a\":1}\nrunning t1\nfailed-result t1 {\"x\":2}\ntext Done"_s);
    row("S6", sse,
        events(
            {start,
             R"({"event":{"contentBlockDelta":{"delta":{"reasoningContent":{"text":"hmm"}},"contentBlockIndex":0}}})",
             R"({"reasoningText":"hmm","reasoning":true})", hel}),
        u"thought hmm\ntext Hel"_s);
    row("S6 hidden", sse,
        events(
            {R"({"event":{"contentBlockDelta":{"delta":{"reasoningContent":{"redactedContent":"xx"}},"contentBlockIndex":0}}})"}),
        u"hidden "_s);
    row("S10", sse, events({hel, R"({"event":{"throttlingException":{"message":"slow"}}})"}),
        u"text Hel\nerror throttlingException slow"_s);
    row("S10 redaction", sse,
        events({hel, R"({"event":{"redactContent":{"redactAssistantContentMessage":"[removed]"}}})"}),
        u"text Hel\nredact [removed]"_s);
    row("S13", sse,
        events({R"({"reasoningText":"hmm","reasoning":true})", R"({"reasoning_signature":"x"})",
                R"({"data":"Hi"})"}),
        u"thought hmm\ntext Hi"_s);
    row("S14", sse,
        events({R"({"data":"Hi"})",
                R"({"citation":{"title":"T","location":{"web":{"url":"https://x.example"}}},"delta":{}})"}),
        u"text Hi\ncite T https://x.example"_s);
    row("S17", sse,
        events({R"({"type":"tool_stream","tool_stream_event":{"data":1}})",
                R"({"tool_cancel_event":{"message":"no"}})"}),
        u"raw tool_stream\nraw tool_cancel_event"_s);
    row("S18", sse,
        events({R"({"event_loop_throttled_delay":4})", R"({"force_stop":true,"force_stop_reason":"limit"})"}),
        u"error ForceStop limit"_s);
    row("S20", sse,
        events({R"({"type":"multiagent_node_start","node_id":"a"})",
                R"({"type":"multiagent_node_stream","node_id":"a","event":{"data":"Hi"}})",
                R"({"type":"multiagent_node_stop","node_id":"a"})"}),
        u"text Hi"_s);
    row("Claude Agent SDK", sse,
        events({R"({"claude_session_id":"x"})", R"({"data":"Hi"})",
                R"({"current_tool_use":{"toolUseId":"t1","name":"Bash","input":{"cmd":"ls"}}})"}),
        u"text Hi\ntool t1 Bash\nargs t1 {\"cmd\":\"ls\"}\nrunning t1"_s);
}

void langChainRows()
{
    row("L1 L5", sse,
        events(
            {R"({"type":"AIMessageChunk","content":"Hel","id":"run-1","tool_call_chunks":[],"response_metadata":{},"usage_metadata":null})",
             R"({"type":"AIMessageChunk","content":"lo","id":"run-1","tool_call_chunks":[]})",
             R"({"type":"AIMessageChunk","content":"","id":"run-1","response_metadata":{"stopReason":"end_turn"},"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15}})"}),
        u"text Hello\nstop end_turn\nusage 10 5 15"_s);
    row("L2", sse,
        events(
            {R"({"type":"AIMessageChunk","content":[{"type":"reasoning_content","reasoning_content":{"text":"hmm"},"index":0}],"id":"r"})",
             R"({"type":"AIMessageChunk","content":[{"type":"text","text":"Hel","index":1}],"id":"r"})"}),
        u"thought hmm\ntext Hel"_s);
    row("L3 L4", sse,
        events(
            {R"({"type":"AIMessageChunk","content":"","id":"r","tool_call_chunks":[{"id":"t1","name":"calc","args":"","index":1}]})",
             R"({"type":"AIMessageChunk","content":"","id":"r","tool_call_chunks":[{"id":null,"name":null,"args":"{\"a\"","index":1}]})",
             R"({"type":"AIMessageChunk","content":"","id":"r","tool_call_chunks":[{"id":null,"name":null,"args":":1}","index":1}]})",
             R"({"type":"tool","content":"3","tool_call_id":"t1","name":"calc","status":"success"})"}),
        u"tool t1 calc\nargs t1 {\"a\":1}\nresult t1 3"_s);
    row("L6", json,
        R"({"messages":[{"type":"human","content":"q"},{"type":"ai","content":"Hello","id":"x"}]})",
        u"text Hello"_s);
    row("tuple", sse,
        events({R"([{"type":"AIMessageChunk","content":"Hi","id":"r"},{"langgraph_node":"agent"}])"}),
        u"text Hi"_s);
    row("updates", sse, events({R"({"agent":{"messages":[{"type":"ai","content":"Hi","id":"r"}]}})"}),
        u"text Hi"_s);
}

void otherRows()
{
    row("OpenAI tools", sse,
        events(
            {R"({"choices":[{"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"calc","arguments":""}}]}}]})",
             R"({"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}}]}}]})",
             R"({"choices":[{"delta":{},"finish_reason":"tool_calls"}]})"}),
        u"tool t1 calc\nargs t1 {\"a\":1}\nstop tool_calls\nrunning t1"_s);
    row("OpenAI body", json,
        R"({"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]})",
        u"text Hello\nstop stop"_s);
    row("AG-UI", sse,
        events(
            {R"({"type":"RUN_STARTED","threadId":"t","runId":"r"})",
             R"({"type":"REASONING_MESSAGE_CONTENT","messageId":"q","delta":"hmm"})",
             R"({"type":"TEXT_MESSAGE_START","messageId":"m","role":"assistant"})",
             R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"Hi"})",
             R"({"type":"TEXT_MESSAGE_END","messageId":"m"})",
             R"({"type":"TOOL_CALL_START","toolCallId":"t1","toolCallName":"calc","parentMessageId":null})",
             R"({"type":"TOOL_CALL_ARGS","toolCallId":"t1","delta":"{}"})",
             R"({"type":"TOOL_CALL_END","toolCallId":"t1"})",
             R"({"type":"TOOL_CALL_RESULT","messageId":"x","toolCallId":"t1","content":"3"})",
             R"({"type":"STATE_SNAPSHOT","snapshot":{}})", R"({"type":"CUSTOM","name":"n","value":1})",
             R"({"type":"RUN_FINISHED","threadId":"t","runId":"r","usage":[{"inputTokens":1,"outputTokens":2},{"inputTokens":3}]})"}),
        u"thought hmm\ntext Hi\ntool t1 calc\nargs t1 {}\nrunning t1\nresult t1 3\nstate  {}\nraw CUSTOM\nusage 4 2 -"_s);
    row("AG-UI chunks", sse,
        events({R"({"type":"TEXT_MESSAGE_CHUNK","messageId":"m","delta":"Hel"})",
                R"({"type":"TEXT_MESSAGE_CHUNK","delta":"lo"})",
                R"({"type":"TOOL_CALL_CHUNK","toolCallId":"t1","toolCallName":"calc","delta":"{"})",
                R"({"type":"TOOL_CALL_CHUNK","delta":"}"})"}),
        u"text Hello\ntool t1 calc\nargs t1 {}"_s);
    row("AG-UI older names", sse,
        events({R"({"type":"THINKING_START"})", R"({"type":"THINKING_TEXT_MESSAGE_CONTENT","delta":"hmm"})"}),
        u"thought hmm"_s);
    row("AG-UI error", sse, events({R"({"type":"RUN_ERROR","message":"boom","code":"INTERNAL_ERROR"})"}),
        u"error INTERNAL_ERROR boom"_s);
    row("AG-UI snapshot", sse,
        events(
            {R"({"type":"MESSAGES_SNAPSHOT","messages":[{"role":"user","content":"q"},{"id":"a","role":"assistant","content":"Hi"}]})"}),
        u"text Hi"_s);
    row("AG-UI snapshot after a stream", sse,
        events(
            {R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"Hi"})",
             R"({"type":"MESSAGES_SNAPSHOT","messages":[{"id":"q","role":"user","content":"q"},{"id":"a","role":"assistant","content":"Hi.","toolCalls":[{"id":"t1","type":"function","function":{"name":"calc","arguments":"{}"}}]},{"id":"r","role":"tool","toolCallId":"t1","content":"3"},{"id":"b","role":"assistant","content":"Three"}]})",
             R"({"type":"RUN_FINISHED","result":"Three"})"}),
        u"text Hi\ntool t1 calc\nargs t1 {}\nrunning t1\nresult t1 3\ntext Three"_s);
    row("AG-UI snapshot of more than this answer", sse,
        events(
            {R"({"type":"MESSAGES_SNAPSHOT","messages":[{"id":"a","role":"assistant","content":"Old"},{"id":"q","role":"user","content":"q"},{"id":"b","role":"assistant","content":"New"}]})"}),
        u"text New"_s);
    row("AG-UI result beside words", sse,
        events({R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"Hi"})",
                R"({"type":"RUN_FINISHED","result":{"status":"ok"}})"}),
        u"text Hi"_s);
    row("AG-UI result alone", sse, events({R"({"type":"RUN_FINISHED","result":{"status":"ok"}})"}),
        u"text {\"status\":\"ok\"}"_s);
    row("AG-UI names of a snapshot", sse,
        events(
            {R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"a","delta":"Hi"})",
             R"({"type":"TOOL_CALL_START","toolCallId":"t1","toolCallName":"calc","parentMessageId":"a"})",
             R"({"type":"TOOL_CALL_START","toolCallId":"t2","toolCallName":"calc"})",
             R"({"type":"TOOL_CALL_RESULT","messageId":"r","toolCallId":"t1","content":"3"})",
             R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"b","delta":"OK"})",
             R"({"type":"MESSAGES_SNAPSHOT","messages":[{"id":"q","role":"user","content":"q"},{"id":"a2","role":"assistant","content":"Hi","toolCalls":[{"id":"t1","type":"function","function":{"name":"calc","arguments":"{}"}},{"id":"t2","type":"function","function":{"name":"calc","arguments":"{}"}}]},{"id":"r2","role":"tool","toolCallId":"t1","content":"3"},{"id":"b","role":"assistant","content":"OK"},{"id":"c","role":"assistant","content":"OK"}]})"}),
        u"text Hi\ntool t1 calc\ntool t2 calc\nresult t1 3\ntext OK\nnamed a a2\nargs t1 {}\n"
        "named t2 a2\nargs t2 {}\nrunning t2\nnamed r r2\ntext OK"_s);
    row("AG-UI in another's name", sse,
        events({R"({"type":"TEXT_MESSAGE_START","messageId":"u","role":"user"})",
                R"({"type":"TEXT_MESSAGE_CONTENT","messageId":"u","delta":"question"})",
                R"({"type":"TEXT_MESSAGE_CHUNK","messageId":"a","role":"assistant","delta":"answer"})"}),
        u"text answer"_s);
    row("AG-UI interrupt", sse,
        events(
            {R"({"type":"RUN_FINISHED","outcome":{"type":"interrupt","interrupts":[{"id":"i","message":"Send it?"},{"id":"j","message":null}]}})"}),
        u"asks i Send it?\nasks j \nstop interrupt"_s);
    row("AG-UI state", sse,
        events(
            {R"({"type":"STATE_SNAPSHOT","snapshot":{"step":1,"done":[]}})",
             R"({"type":"STATE_DELTA","delta":[{"op":"replace","path":"/step","value":2},{"op":"add","path":"/done/-","value":"a"}]})",
             R"({"type":"STATE_DELTA","delta":[{"op":"remove","path":"/step"},{"op":"remove","path":"/other"}]})",
             R"({"type":"STATE_DELTA","delta":[{"op":"remove","path":"/done"}]})"}),
        u"state  {\"step\":1,\"done\":[]}\nstate  {\"step\":2,\"done\":[\"a\"]}\n"
        "raw STATE_DELTA, which does not fit\nstate  {\"step\":2}"_s);
    row("AG-UI activity", sse,
        events(
            {R"({"type":"ACTIVITY_DELTA","messageId":"p","activityType":"PLAN","patch":[{"op":"add","path":"/a","value":1}]})",
             R"({"type":"ACTIVITY_SNAPSHOT","messageId":"p","activityType":"PLAN","content":{"steps":["a"]}})",
             R"({"type":"ACTIVITY_SNAPSHOT","messageId":"p","activityType":"PLAN","content":{},"replace":false})",
             R"({"type":"ACTIVITY_DELTA","messageId":"p","activityType":"PLAN","patch":[{"op":"replace","path":"/steps/0","value":"b"}]})",
             R"({"type":"ACTIVITY_SNAPSHOT","messageId":"p","activityType":"PLAN","content":{"steps":[]}})"}),
        u"raw ACTIVITY_DELTA, which does not fit\nactivity p {\"steps\":[\"a\"]}\n"
        "activity p {\"steps\":[\"b\"]}\nactivity p {\"steps\":[]}"_s);
    row("AG-UI unknown", sse, events({R"({"type":"SOMETHING_NEW","x":1})"}), u"raw SOMETHING_NEW"_s);
    row("JSON-RPC error", json,
        R"({"jsonrpc":"2.0","error":{"code":-32001,"message":"Missing Authentication Token"}})",
        u"error -32001 Missing Authentication Token"_s);
    row("A2A", json,
        R"({"jsonrpc":"2.0","id":"1","result":{"kind":"task","status":{"state":"completed"},"artifacts":[{"parts":[{"kind":"text","text":"Hi"}]}]}})",
        u"task  completed\ntext Hi"_s);
}

} // namespace

class TestInterpreters : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesMediaAsFilesAreNamed()
    {
        const auto interpreter = makeInterpreter();
        std::vector<Delta> deltas;
        interpreter->interpret(
            {.kind = FrameKind::Sse, .payload = R"({"message":{"role":"assistant","content":[
                 {"document":{"format":"docx","name":"Q3 report","source":{"bytes":"eA=="}}},
                 {"document":{"format":"csv","name":"orders.csv","source":{"bytes":"eA=="}}},
                 {"image":{"format":"png","source":{"bytes":"eA=="}}},
                 {"video":{"format":"three_gp","source":{"bytes":"eA=="}}}]}})"},
            deltas);
        interpreter->finish(deltas);
        QStringList files;
        for (const Delta &delta : deltas) {
            if (const auto *file = std::get_if<AttachmentDelta>(&delta))
                files.append(QString(file->attachment.name % u' ' % file->attachment.mimeType));
        }
        QCOMPARE(files,
                 QStringList({u"Q3 report.docx "
                              "application/vnd.openxmlformats-officedocument.wordprocessingml.document"_s,
                              u"orders.csv text/csv"_s, u"image.png image/png"_s,
                              u"video.three_gp video/3gpp"_s}));
    }

    void readsEveryShape_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        plainRows();
        strandsRows();
        langChainRows();
        otherRows();
    }
    void readsEveryShape()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE_EQ(read(type, body), expected);
    }
};

QTEST_APPLESS_MAIN(TestInterpreters)
#include "tst_interpreters.moc"
