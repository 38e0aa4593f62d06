// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! LangChain messages as LangGraph agents stream or return them.
class LangChainVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    //! The tuple [message, metadata] of LangGraph's "messages" stream.
    bool takeTuple(const JsonValue &array);

private:
    bool takeMessage(const JsonValue &message);
    void takeChunk(const JsonValue &message);
    void takeWhole(const JsonValue &message);
    void takeContent(const JsonValue &content, bool hasToolChunks);
    void takeToolChunk(const JsonValue &chunk);
    void takeTool(const JsonValue &message);
    void takeMetadata(const JsonValue &message);
    bool takeList(const JsonValue &messages);

    QString m_messageId;
    QHash<qint64, QString> m_toolByIndex;
    QString m_lastTool;
    QStringList m_streamedIds;
    QStringList m_wholeIds;
    Usage m_usage;
};

} // namespace Parlance
