// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! Chat completion objects and chunks of OpenAI-compatible agents.
class OpenAiVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    void finish() override;

private:
    void takeToolCall(const JsonValue &call, qint64 position);

    QHash<qint64, QString> m_toolByIndex;
};

} // namespace Parlance
