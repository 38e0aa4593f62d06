// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! Agents that talk: the bidirectional events of Strands and those of Nova Sonic. Transcripts are text as
//! they come; sound is gathered, and given as one file when the answer has ended.
class VoiceVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    //! Sound, or whatever else comes in no words.
    void takeBinary(const QByteArray &bytes);
    void finish() override;

private:
    bool takeBidi(QByteArrayView type, const JsonValue &event);
    void takeTranscript(const JsonValue &event);
    void takeSound(const QByteArray &base64, const JsonValue &event);
    bool takeSonic(const JsonValue &event);
    void takeSonicStart(const JsonValue &start);
    void takeSonicText(const JsonValue &output);
    void hear(const QString &words);

    QByteArray m_sound;
    QString m_format; //!< "pcm", "wav" …
    int m_rate = 0; //!< Hz, of pcm
    int m_channels = 1;
    QByteArray m_binary;
    QString m_shownTranscript; //!< of the agent's words that run now
    bool m_isHeard = false; //!< the person's own words run
    bool m_isAhead = false; //!< Sonic shows what it is about to say, so what it said is no news
    bool m_isFinal = false; //!< Sonic's block that runs says what was said
};

} // namespace Parlance
