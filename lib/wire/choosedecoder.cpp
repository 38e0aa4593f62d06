// SPDX-License-Identifier: Apache-2.0
#include "wire/choosedecoder.h"

#include "wire/bodydecoder.h"
#include "wire/eventstreamdecoder.h"

namespace Parlance {

std::unique_ptr<FrameDecoder> makeDecoder(QByteArrayView contentType)
{
    // Parameters such as "; charset=utf-8" do not count.
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArrayView bare = semicolon < 0 ? contentType : contentType.first(semicolon);
    const QByteArray type = bare.trimmed().toByteArray().toLower();
    if (type == "application/vnd.amazon.eventstream")
        return std::make_unique<EventStreamDecoder>();
    if (type == "text/event-stream")
        return std::make_unique<BodyDecoder>(BodyDecoder::Hint::EventStream);
    if (type == "application/x-ndjson" || type == "application/jsonl" || type == "application/jsonlines")
        return std::make_unique<BodyDecoder>(BodyDecoder::Hint::Lines);
    if (type.startsWith("text/") && type != "text/html" && type != "text/json")
        return std::make_unique<BodyDecoder>(BodyDecoder::Hint::Text);
    return std::make_unique<BodyDecoder>(BodyDecoder::Hint::Json);
}

} // namespace Parlance
