// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/jsonnode.h"
#include "wire/vocabulary.h"

#include <QHash>
#include <QSet>

#include <map>

namespace Parlance {

//! AG-UI events, including the older THINKING_ names.
class AgUiVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
    //! The state as it stood before this answer, on which the agent's changes to it build.
    void setSharedState(JsonNode value) { m_sharedState = std::move(value); }
    //! An activity as it stood before this answer.
    void setActivity(const LiveValue &activity);

private:
    struct Activity
    {
        QString type = {};
        JsonNode content = {};
    };

    bool takeText(QByteArrayView type, const JsonValue &event);
    bool takeTool(QByteArrayView type, const JsonValue &event);
    bool takeReasoning(QByteArrayView type, const JsonValue &event);
    bool takeRun(QByteArrayView type, const JsonValue &event);
    bool takeSharedState(QByteArrayView type, const JsonValue &event);
    bool takeActivity(QByteArrayView type, const JsonValue &event);
    void takeSnapshot(const JsonValue &messages);
    void takeWords(const JsonValue &message, const QSet<QString> &ids);
    void takeCalls(const JsonValue &message);
    void takeResult(const QString &id, const JsonValue &message);
    void takeInterrupts(const JsonValue &interrupts);
    void tellActivity(const QString &id, const Activity &activity);
    //! A change that cannot be made, because what it builds on is not what is known here.
    void tellUnfit(QByteArrayView type, const JsonValue &event);

    std::map<QString, QString> m_shown; //!< texts of messages, by their ids
    QHash<QString, QString> m_callers; //!< the message of each call that was told as it came
    QHash<QString, QString> m_resultIds; //!< the message of each call's result
    QSet<QString> m_foreignIds; //!< messages that are not the agent's
    QString m_textId; //!< for chunks that leave their id out
    QString m_toolId;
    JsonNode m_sharedState{.kind = JsonNode::Kind::Object, .scalar = {}};
    std::map<QString, Activity> m_activities; //!< by the id of their message
};

} // namespace Parlance
