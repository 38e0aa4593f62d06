// SPDX-License-Identifier: Apache-2.0
#include "demo/demopages.h"

using namespace Qt::StringLiterals;

namespace Parlance::DemoPages {

QString tour()
{
    return uR"(## Welcome to Parlance

I am the **built-in agent**. I run inside this program, need no network, and answer the way a deployed agent on Amazon Bedrock AgentCore Runtime does: as a stream of events. Everything you see with me works the same with yours.

| Try | What it shows |
|:--|:--|
| `show me a table` | tables, lists and quotes as they stream in |
| `show me some code` | a code block with its own Copy button |
| `call a tool` | a tool call with its arguments and result |
| `a long answer` | a long stream; press **Esc** to stop it |
| `simulate an error` | what a refusal of the service looks like |

### Where things are

- **Left:** your agents, and the conversations with the one you chose.
- **Right:** the inspector, with every event as it came. **Ctrl+I** folds it away.
- **Top:** the endpoint's qualifier and the session id. A new session makes me forget.

### Connect your own agent

Press **+** beside *Agents* and give either a local address such as `http://localhost:8080`, or the ARN of a deployed runtime. The [AgentCore documentation](https://docs.aws.amazon.com/bedrock-agentcore/) tells how to make one.
)"_s;
}

QString tableSample()
{
    return uR"(### A table that streams in

| Item | Paid | Refund |
|:--|--:|--:|
| Desk lamp, brass | € 89.00 | € 89.00 |
| Bulb E27, 2 pieces | € 12.50 | € 12.50 |
| Shipping | € 4.90 | € 0.00 |

1. The first column stands left, the numbers right.
2. Lists keep their numbers:
   - and can hold others,
   - to any depth.

> A quote stands a little apart, with a line beside it.
)"_s;
}

QString codeSample()
{
    return uR"(### A small agent

This is all it takes to answer the way I do, with the AgentCore SDK for Python:

```python
from bedrock_agentcore import BedrockAgentCoreApp

app = BedrockAgentCoreApp()

@app.entrypoint
async def answer(payload, context):
    for word in f"You said: {payload['prompt']}".split():
        yield word + " "

app.run()  # http://localhost:8080
```

Start it, then add an agent with the address `http://localhost:8080`.
)"_s;
}

QString markdownSample()
{
    return tableSample() % u"\n"_s % codeSample();
}

QString longText()
{
    QString text =
        u"## A long answer\n\nPress **Esc** or **Stop** at any time: what has arrived stays.\n\n"_s;
    for (int chapter = 1; chapter <= 24; ++chapter) {
        text += u"### Part %1\n\n"_s.arg(chapter);
        text +=
            u"A stream is a sequence of events, and each of them is small. What makes it pleasant to read is "
            "that nothing jumps: the words that stand do not move when others follow, and the page scrolls "
            "along only as long as you are at its end. Scroll up now, and it lets go.\n\n"_s;
        text +=
            u"- The first byte tells how long the agent took to start.\n- The first text tells how long it "
            "thought.\n- The total tells how long you waited, in part %1 as in all the others.\n\n"_s.arg(
                chapter);
        text +=
            u"Meanwhile the composer is free. A message sent now waits its turn, and can be changed until "
            "then. Other conversations stream on their own, and a dot marks those that have news.\n\n"_s;
    }
    return text;
}

QString errorHelp()
{
    return uR"(I can fail in several ways, so that you see what each looks like:

- `error 424`: the agent's container failed
- `error 429`: too many requests
- `error 403`: not allowed
- `error in the middle`: an error event after some text
- `cut the connection`: the answer ends half-way
)"_s;
}

} // namespace Parlance::DemoPages
