// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "wire/jsonpatch.h"

using namespace Parlance;

// The first line is a value, and the rest a patch of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const qsizetype end = std::max<qsizetype>(0, bytes.indexOf('\n'));
    Json json;
    const JsonValue value = json.parse(bytes.first(end));
    if (!value)
        return 0;
    const JsonNode before = JsonNode::of(value);
    Json patches;
    const JsonValue patch = patches.parse(bytes.sliced(end));
    const std::optional<JsonNode> after = patched(before, patch);
    const std::optional<JsonNode> again = patched(before, patch);
    if (after.has_value() != again.has_value())
        std::abort();
    if (!after)
        return 0;
    // However often something was copied into itself.
    if (after->depth() > 500 && after->depth() > before.depth())
        std::abort();
    const QByteArray written = after->compact();
    Json reader;
    const JsonValue read = reader.parse(written);
    if (!read || !isSameJson(JsonNode::of(read), *after) || again->compact() != written)
        std::abort();
    return 0;
}
