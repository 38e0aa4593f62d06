// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

#include <QSet>

namespace Parlance {

//! AG-UI events, including the older THINKING_ names.
class AgUiVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;

private:
    bool takeText(QByteArrayView type, const JsonValue &event);
    bool takeTool(QByteArrayView type, const JsonValue &event);
    bool takeReasoning(QByteArrayView type, const JsonValue &event);
    bool takeRun(QByteArrayView type, const JsonValue &event);
    void takeSnapshot(const JsonValue &messages);

    QSet<QString> m_streamedIds; //!< messages whose text was shown as it came
    QSet<QString> m_foreignIds; //!< messages that are not the agent's
    QString m_textId; //!< for chunks that leave their id out
    QString m_toolId;
};

} // namespace Parlance
