// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! Strands agents and Bedrock Converse events, and the Claude Agent SDK patterns that borrow their keys.
class StrandsVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;

private:
    void takeEvent(const JsonValue &event);
    void takeBlockDelta(const JsonValue &block);
    void takeMessage(const JsonValue &message);
    void takeBlock(const JsonValue &block);
    void takeToolResult(const JsonValue &result);
    void takeMedia(const JsonValue &media);
    void takeReasoning(const JsonValue &object);
    void takeCurrentTool(const JsonValue &tool);
    void takeResult(const JsonValue &result);
    bool takeCallback(const JsonValue &object);
    bool takeTyped(const JsonValue &object);

    Usage m_usage;
    QHash<qint64, QString> m_openTools; //!< content block index to call id
};

} // namespace Parlance
