// SPDX-License-Identifier: Apache-2.0
#include "wire/voicevocabulary.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int bytesPerSample = 2;

template <typename Number> void append(QByteArray &bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), qsizetype(sizeof little));
}

//! A file that every player takes, of samples that say nothing of themselves.
QByteArray waveFile(const QByteArray &samples, int rate, int channels)
{
    QByteArray file("RIFF");
    append(file, quint32(36 + samples.size()));
    file += "WAVEfmt ";
    append(file, quint32(16));
    append(file, quint16(1)); // plain samples
    append(file, quint16(channels));
    append(file, quint32(rate));
    append(file, quint32(rate * channels * bytesPerSample));
    append(file, quint16(channels * bytesPerSample));
    append(file, quint16(8 * bytesPerSample));
    file += "data";
    append(file, quint32(samples.size()));
    return file + samples;
}

QString lengthInWords(qint64 samples, int rate)
{
    const double seconds = double(samples) / double(rate);
    return u"%1 s"_s.arg(QString::number(seconds, 'f', 1));
}

} // namespace

bool VoiceVocabulary::take(const JsonValue &object)
{
    const QByteArrayView type = object.find("type").utf8();
    if (type.startsWith("bidi_"))
        return takeBidi(type, object);
    if (const JsonValue event = object.find("event"); event.isObject())
        return takeSonic(event);
    return false;
}

bool VoiceVocabulary::takeBidi(QByteArrayView type, const JsonValue &event)
{
    if (type == "bidi_transcript_stream") {
        takeTranscript(event);
    } else if (type == "bidi_audio_stream") {
        takeSound(event.find("audio").utf8().toByteArray(), event);
    } else if (type == "bidi_usage") {
        state()->usage(usageOf(event));
    } else if (type == "bidi_response_complete") {
        state()->stopReason(event.find("stop_reason").string());
    } else if (type == "bidi_interruption") {
        state()->stopReason(u"interrupted"_s);
    } else if (type == "bidi_error") {
        state()->error(event.find("message").string(), event.find("code").text(), event.compact());
    }
    // The others tell of the connection; the inspector shows them.
    return true;
}

void VoiceVocabulary::takeTranscript(const JsonValue &event)
{
    const JsonValue delta = event.find("delta").find("text");
    const QString text = event.find("text").isString() ? event.find("text").string() : delta.string();
    const bool isFinal = event.find("is_final").boolean();
    if (event.find("role").utf8() == "user") {
        if (isFinal || !text.isEmpty())
            hear(text);
        return;
    }
    if (std::exchange(m_isHeard, false))
        state()->beginMessage();
    // At the end it is often said again as a whole.
    if (isFinal && !m_shownTranscript.isEmpty() && text.trimmed() == m_shownTranscript.trimmed()) {
        m_shownTranscript.clear();
        return;
    }
    state()->text(text);
    m_shownTranscript += text;
    if (isFinal)
        m_shownTranscript.clear();
}

//! What the person said, as the agent understood it.
void VoiceVocabulary::hear(const QString &words)
{
    QString quoted = words;
    quoted.replace(u'\n', u' ');
    if (!std::exchange(m_isHeard, true)) {
        state()->beginMessage();
        quoted.prepend(u"> "_s);
    }
    state()->text(quoted);
}

void VoiceVocabulary::takeSound(const QByteArray &base64, const JsonValue &event)
{
    m_sound += QByteArray::fromBase64(base64);
    if (const JsonValue format = event.find("format"))
        m_format = format.string();
    m_rate = int(event.find("sample_rate").integer().value_or(m_rate));
    m_channels = int(event.find("channels").integer().value_or(m_channels));
}

bool VoiceVocabulary::takeSonic(const JsonValue &event)
{
    if (const JsonValue output = event.find("textOutput")) {
        takeSonicText(output);
    } else if (const JsonValue sound = event.find("audioOutput")) {
        takeSound(sound.find("content").utf8().toByteArray(), sound);
    } else if (const JsonValue start = event.find("contentStart")) {
        takeSonicStart(start);
    } else if (const JsonValue end = event.find("contentEnd")) {
        if (end.find("stopReason"))
            state()->stopReason(end.find("stopReason").string());
    } else if (const JsonValue tool = event.find("toolUse"); tool.find("toolUseId")) {
        const QString callId = tool.find("toolUseId").string();
        state()->toolStart(callId, tool.find("toolName").string());
        state()->toolArguments(callId, tool.find("content").text());
        state()->toolState(callId, ToolState::Running);
    } else if (const JsonValue usage = event.find("usageEvent")) {
        state()->usage({.inputTokens = usage.find("totalInputTokens").integer(),
                        .outputTokens = usage.find("totalOutputTokens").integer(),
                        .totalTokens = usage.find("totalTokens").integer()});
    } else {
        return event.has("completionStart") || event.has("completionEnd");
    }
    return true;
}

void VoiceVocabulary::takeSonicStart(const JsonValue &start)
{
    const QByteArrayView more = start.find("additionalModelFields").utf8();
    m_isFinal = more.contains("FINAL");
    m_isAhead = m_isAhead || more.contains("SPECULATIVE");
    const JsonValue sound = start.find("audioOutputConfiguration");
    m_rate = int(sound.find("sampleRateHertz").integer().value_or(m_rate));
    m_channels = int(sound.find("channelCount").integer().value_or(m_channels));
}

void VoiceVocabulary::takeSonicText(const JsonValue &output)
{
    const QString text = output.find("content").string();
    if (text.contains(u"\"interrupted\""_s) && text.trimmed().startsWith(u'{')) {
        state()->stopReason(u"interrupted"_s);
        return;
    }
    if (output.find("role").utf8() == "USER") {
        m_isHeard = false;
        hear(text);
        return;
    }
    if (m_isFinal && m_isAhead)
        return;
    if (std::exchange(m_isHeard, false))
        state()->beginMessage();
    state()->text(text);
}

void VoiceVocabulary::takeBinary(const QByteArray &bytes)
{
    m_binary += bytes;
}

void VoiceVocabulary::finish()
{
    constexpr int usualRate = 24'000; // of Nova Sonic and of Strands
    const QByteArray binary = std::exchange(m_binary, {});
    if (!binary.isEmpty())
        state()->attachment(
            {.name = u"data.bin"_s, .mimeType = u"application/octet-stream"_s, .data = binary});
    const QByteArray sound = std::exchange(m_sound, {});
    if (sound.isEmpty())
        return;
    if (!m_format.isEmpty() && m_format != u"pcm"_s && m_format != u"lpcm"_s) {
        state()->attachment(
            {.name = u"audio."_s + m_format, .mimeType = u"audio/"_s + m_format, .data = sound});
        return;
    }
    const int rate = m_rate > 0 ? m_rate : usualRate;
    const int channels = m_channels > 0 ? m_channels : 1;
    const QString length = lengthInWords(sound.size() / (bytesPerSample * channels), rate);
    state()->attachment({.name = u"audio "_s + length + u".wav"_s,
                         .mimeType = u"audio/wav"_s,
                         .data = waveFile(sound, rate, channels)});
}

} // namespace Parlance
