// SPDX-License-Identifier: Apache-2.0
#include "wire/a2avocabulary.h"

#include "wire/a2amessage.h"
#include "wire/a2apart.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! Words that say nothing of what an artifact is: what the usual servers call every answer.
constexpr auto usualName = "agent_response"_L1;
constexpr qsizetype longestName = 200;
//! Repetitions of that many characters at the end of what was said are no coincidence.
constexpr qsizetype surelyRepeated = 24;
//! Blocks that a repetition is looked for among.
constexpr std::size_t mostCandidates = 32;

//! How much of a text makes so many characters without white space.
qsizetype reach(const QString &text, qsizetype squeezedSize)
{
    qsizetype end = 0;
    for (; end < text.size() && squeezedSize > 0; ++end)
        squeezedSize -= text[end].isSpace() ? 0 : 1;
    return end;
}

//! A name as Markdown.
QString asWords(const QString &name)
{
    static constexpr QStringView marks = u"\\`*_[]<>&#~|";
    QString escaped;
    for (const QChar c : name.left(longestName)) {
        if (marks.contains(c))
            escaped += u'\\';
        escaped += c == u'\n' ? u' ' : c;
    }
    return escaped;
}

//! Whether a piece of a status is a sentence of its own. Agents that stream their answer through the status
//! put the blank between two sentences before the second.
bool isOwnSentence(const QString &before, const QString &next)
{
    static constexpr QStringView ends = u".!?:…";
    return !before.isEmpty() && !next.isEmpty() && ends.contains(before.back()) && next.front().isUpper()
        && before.trimmed().contains(u' ') && next.trimmed().contains(u' ');
}

QString failureWords(const QString &state)
{
    if (state == "rejected"_L1)
        return QCoreApplication::translate("Wire", "The agent rejected the task and does not say why.");
    if (state == "canceled"_L1)
        return QCoreApplication::translate("Wire", "The task was canceled.");
    return QCoreApplication::translate("Wire", "The task failed, and the agent does not say why.");
}

} // namespace

bool A2aVocabulary::take(const JsonValue &object)
{
    const JsonValue result = object.find("result");
    if (!object.find("jsonrpc") || !result.isObject())
        return false;
    const QByteArrayView kind = result.find("kind").utf8();
    const auto inner = [&](QByteArrayView oldKind, QByteArrayView newName) {
        const JsonValue wrapped = result.find(newName);
        return kind == oldKind ? result : kind.isEmpty() && wrapped.isObject() ? wrapped : JsonValue();
    };
    if (const JsonValue task = inner("task", "task"); task.find("status").isObject()) {
        takeTask(task);
    } else if (const JsonValue message = inner("message", "message")) {
        takeMessage(message);
    } else if (const JsonValue status = inner("status-update", "statusUpdate")) {
        m_question.clear();
        takeStatus(status.find("taskId").string(), status.find("contextId").string(), status.find("status"));
    } else if (const JsonValue update = inner("artifact-update", "artifactUpdate")) {
        const QString id = update.find("taskId").string();
        report(id, update.find("contextId").string(), {});
        const JsonValue artifact = update.find("artifact");
        const Telling telling{.isAppended = update.find("append").boolean(),
                              .isLast = update.find("lastChunk").boolean()};
        if (artifact.isObject())
            takeArtifact(keyOf(id.isEmpty() ? m_task : id, artifact, telling), artifact, telling);
    } else if (result.find("status").find("state").isString()) {
        takeTask(result);
    } else {
        return false;
    }
    return true;
}

void A2aVocabulary::takeTask(const JsonValue &task)
{
    const QString id = task.find("id").string();
    const JsonValue status = task.find("status");
    const QString state = a2aStateWord(status.find("state").string());
    // A question, and why it failed, come after what there is; other words are about it.
    const bool isLast = a2aWaits(state) || (a2aHasEnded(state) && state != "completed"_L1);
    if (!isLast)
        takeStatus(id, task.find("contextId").string(), status);
    else
        report(id, task.find("contextId").string(), state);
    m_unnamed = -1;
    for (const JsonValue &artifact : task.find("artifacts").items()) {
        ++m_unnamed;
        const Telling telling{.isLast = true, .isOfTask = true};
        takeArtifact(keyOf(id, artifact, telling), artifact, telling);
    }
    m_question.clear();
    if (a2aWaits(state))
        m_question = a2aText(status.find("message").find("parts"));
    else if (isLast)
        takeStatus(id, task.find("contextId").string(), status);
    for (const JsonValue &message : task.find("history").items()) {
        const QByteArrayView role = message.find("role").utf8();
        if (role == "agent" || role == "ROLE_AGENT")
            m_history = a2aText(message.find("parts"));
    }
}

void A2aVocabulary::setTold(const std::vector<MessagePart> &parts)
{
    for (const MessagePart &part : parts) {
        const auto *text = std::get_if<Text>(&part.content);
        const auto *file = std::get_if<Attachment>(&part.content);
        if (!part.givenId->isEmpty()) {
            m_toldDocuments[part.givenId].push_back(part.content);
        } else if (text) {
            m_toldTexts.push_back(squeezed(text->markdown.toString()));
            m_toldAll += m_toldTexts.back();
        } else if (file) {
            m_toldFiles.push_back(*file);
        }
    }
}

void A2aVocabulary::recall(Artifact &artifact)
{
    const auto words = m_toldDocuments.find(artifact.key);
    if (words != m_toldDocuments.end()) {
        for (const Part &part : words->second) {
            if (const auto *text = std::get_if<Text>(&part))
                artifact.text += text->markdown.toString();
        }
    }
    while (m_toldDocuments.contains(a2aDocumentPart(artifact.key, artifact.toldOthers)))
        ++artifact.toldOthers;
    artifact.others.resize(artifact.toldOthers);
}

void A2aVocabulary::recallText(Artifact &artifact, const JsonValue &told)
{
    if (m_toldTexts.empty() && m_toldFiles.empty())
        return;
    const QString text = a2aText(told.find("parts"), {});
    QString known = text.first(toldOf(text));
    std::vector<size_t> others;
    for (const JsonValue &part : a2aOthers(told.find("parts"))) {
        if (!wasTold(part))
            break;
        others.push_back(a2aPrint(part));
    }
    if (known.isEmpty() && (!text.isEmpty() || others.empty()))
        return;
    artifact.text = std::move(known);
    artifact.others = std::move(others);
    artifact.name.clear();
}

bool A2aVocabulary::isSamePart(const Artifact &artifact, size_t index, const JsonValue &part) const
{
    if (index >= artifact.toldOthers)
        return artifact.others[index] == a2aPrint(part);
    return wasToldAs(m_toldDocuments.at(a2aDocumentPart(artifact.key, index)).back(), part);
}

//! Whether what is told as a whole again is what was told, or that with more.
bool A2aVocabulary::growsTo(const Artifact &artifact, const QString &text,
                            const std::vector<JsonValue> &others) const
{
    // Nothing does not begin with an empty text.
    if ((!artifact.text.isEmpty() && !text.startsWith(artifact.text))
        || others.size() < artifact.others.size())
        return false;
    for (size_t i = 0; i < artifact.others.size(); ++i) {
        if (!isSamePart(artifact, i, others[i]))
            return false;
    }
    return true;
}

qsizetype A2aVocabulary::toldOf(const QString &text)
{
    const QString plain = squeezed(text);
    if (plain.isEmpty())
        return 0;
    if (const auto same = std::ranges::find(m_toldTexts, plain); same != m_toldTexts.end()) {
        m_toldTexts.erase(same);
        return text.size();
    }
    if (plain.size() >= surelyRepeated && m_toldAll.contains(plain))
        return text.size();
    const auto start = std::ranges::find_if(m_toldTexts, [&plain](const QString &told) {
        return told.size() >= surelyRepeated && plain.startsWith(told);
    });
    if (start == m_toldTexts.end())
        return 0;
    const qsizetype end = reach(text, start->size());
    m_toldTexts.erase(start);
    return end;
}

bool A2aVocabulary::wasTold(const JsonValue &part)
{
    if (const std::optional<Attachment> file = a2aFile(part)) {
        const auto same = std::ranges::find_if(
            m_toldFiles, [&file](const Attachment &told) { return isSameFile(told, *file); });
        if (same == m_toldFiles.end())
            return false;
        m_toldFiles.erase(same);
        return true;
    }
    const auto same =
        part.find("data") ? std::ranges::find(m_toldTexts, squeezed(a2aDataBlock(part))) : m_toldTexts.end();
    if (same == m_toldTexts.end())
        return false;
    m_toldTexts.erase(same);
    return true;
}

void A2aVocabulary::takeMessage(const JsonValue &message)
{
    report(message.find("taskId").string(), message.find("contextId").string(), {});
    const QByteArrayView role = message.find("role").utf8();
    const QString id = message.find("messageId").string();
    if (role == "user" || role == "ROLE_USER" || (!id.isEmpty() && m_messages.contains(id)))
        return;
    const QString key = u"message "_s + id;
    m_messages.insert(id, {});
    say(key, a2aText(message.find("parts")));
    takeOtherParts(message, key);
}

void A2aVocabulary::takeStatus(const QString &taskId, const QString &contextId, const JsonValue &status)
{
    const QString state = a2aStateWord(status.find("state").string());
    report(taskId, contextId, state);
    const JsonValue message = status.find("message");
    if (a2aWaits(state) || a2aHasEnded(state)) {
        for (auto &[id, artifact] : m_artifacts)
            settle(artifact);
    }
    if (a2aHasEnded(state) && state != "completed"_L1)
        takeFailure(taskId, state, message);
    else
        takeStatusWords(state, message);
}

void A2aVocabulary::takeStatusWords(const QString &state, const JsonValue &message)
{
    const QString id = message.find("messageId").string();
    QString text = a2aText(message.find("parts"));
    const bool isKnown = !id.isEmpty() && m_messages.contains(id);
    if (isKnown) {
        const QString before = std::exchange(m_messages[id], text);
        text = text.startsWith(before) ? text.mid(before.size()) : text;
    } else if (!id.isEmpty()) {
        m_messages.insert(id, text);
    }
    // A piece of a stream may well be the same as one before; what ends the task repeats all of it.
    if (state == "completed"_L1 && repeats(text))
        text.clear();
    if (!text.isEmpty())
        say(statusKey(text), text);
    if (!isKnown)
        takeOtherParts(message, u"status "_s + id);
}

void A2aVocabulary::takeFailure(const QString &taskId, const QString &state, const JsonValue &message)
{
    if (m_failed.contains(taskId))
        return;
    m_failed.insert(taskId);
    const QString text = a2aText(message.find("parts"));
    takeOtherParts(message, u"status "_s + message.find("messageId").string());
    this->state()->error(text.trimmed().isEmpty() ? failureWords(state) : text, state, message.compact());
}

void A2aVocabulary::takeArtifact(const QString &key, const JsonValue &artifact, Telling telling)
{
    const JsonValue parts = artifact.find("parts");
    const std::vector<JsonValue> others = a2aOthers(parts);
    QString text = a2aText(parts, {});
    Artifact &known = m_artifacts[key];
    if (!std::exchange(known.isKnown, true)) {
        known.key = key;
        const QString name = artifact.find("name").string();
        known.name = name == usualName ? QString() : name;
        recall(known);
        if (telling.isOfTask && known.text.isEmpty() && known.others.empty())
            recallText(known, artifact);
        if (known.text.isEmpty() && known.others.empty())
            hold(known);
    }
    size_t told = 0;
    if (!telling.isAppended && !parts.items().empty()) {
        // Told as a whole again: with more, or otherwise.
        if (!growsTo(known, text, others)) {
            replace(known, text, others, telling.isLast);
            return;
        }
        text = text.mid(known.text.size());
        told = known.others.size();
    }
    add(known, text, telling.isLast);
    for (size_t i = told; i < others.size(); ++i)
        takeDocument(known, others[i], false);
}

// The protocol wants an id. Those without are told apart by their order.
QString A2aVocabulary::keyOf(const QString &taskId, const JsonValue &artifact, Telling telling)
{
    const QString id = artifact.find("artifactId").string();
    if (!id.isEmpty())
        return a2aDocument(taskId, id);
    const auto unnamed = [&taskId](int number) {
        return a2aDocument(taskId, u"~"_s % QString::number(number));
    };
    const auto last = m_artifacts.find(unnamed(std::max(m_unnamed, 0)));
    const JsonValue parts = artifact.find("parts");
    const bool isAnother = !telling.isOfTask && !telling.isAppended && last != m_artifacts.end()
        && !growsTo(last->second, a2aText(parts, {}), a2aOthers(parts));
    m_unnamed = std::max(m_unnamed, 0) + (isAnother ? 1 : 0);
    return unnamed(m_unnamed);
}

void A2aVocabulary::replace(Artifact &artifact, const QString &text, const std::vector<JsonValue> &others,
                            bool isLast)
{
    const size_t shown = artifact.isShown ? artifact.others.size() : 0;
    const QString before = std::exchange(artifact.text, {});
    artifact.pending.clear();
    artifact.others.clear();
    artifact.toldOthers = 0;
    if (!artifact.isShown) {
        hold(artifact);
        add(artifact, text, isLast);
    } else if (!text.isEmpty() || !before.isEmpty()) {
        artifact.text = text;
        blockOf(artifact.key, KeyKind::Document).text = squeezed(text);
        m_isAllCurrent = false;
        state()->replacement(text, artifact.key);
    }
    for (const JsonValue &part : others)
        takeDocument(artifact, part, artifact.others.size() < shown);
    for (size_t i = others.size(); i < shown; ++i)
        state()->replacement({}, a2aDocumentPart(artifact.key, i));
}

void A2aVocabulary::takeDocument(Artifact &artifact, const JsonValue &part, bool replaces)
{
    settle(artifact);
    showName(artifact);
    artifact.isShown = true;
    const QString key = a2aDocumentPart(artifact.key, artifact.others.size());
    artifact.others.push_back(a2aPrint(part));
    // A file takes the place of another by itself.
    if (replaces && !a2aFile(part)) {
        const bool isData = bool(part.find("data"));
        state()->replacement(isData ? a2aDataBlock(part) : QString(), key);
        if (isData)
            return;
    }
    takeOther(part, key, key);
}

void A2aVocabulary::takeOtherParts(const JsonValue &message, const QString &key)
{
    int count = 0;
    for (const JsonValue &part : a2aOthers(message.find("parts")))
        takeOther(part, u"%1 part %2"_s.arg(key).arg(++count));
}

void A2aVocabulary::takeOther(const JsonValue &part, const QString &key, const QString &documentId)
{
    m_hasShown = true;
    m_lastKey = key;
    if (const std::optional<Attachment> file = a2aFile(part))
        state()->attachment(*file, documentId);
    else if (part.find("data"))
        state()->text(a2aDataBlock(part), key, documentId.isEmpty() ? KeyKind::Passing : KeyKind::Document);
    else
        state()->raw(u"part"_s, part.compact());
}

void A2aVocabulary::report(const QString &taskId, const QString &contextId, const QString &state)
{
    if (taskId.isEmpty() && contextId.isEmpty() && state.isEmpty())
        return;
    const auto known = m_tasks.find(taskId);
    TaskStatus now = known == m_tasks.end() ? TaskStatus{.taskId = taskId} : known->second;
    if (!contextId.isEmpty())
        now.contextId = contextId;
    if (!state.isEmpty())
        now.state = state;
    if (known != m_tasks.end() && known->second == now)
        return;
    m_tasks.insert_or_assign(taskId, now);
    m_task = taskId.isEmpty() ? m_task : taskId;
    this->state()->taskStatus(now);
}

void A2aVocabulary::say(const QString &key, const QString &text, KeyKind kind)
{
    if (text.isEmpty())
        return;
    const QString plain = squeezed(text);
    Block &block = blockOf(key, kind);
    m_isAllCurrent = m_isAllCurrent && &block == &m_blocks.back();
    m_lastKey = key;
    block.text += plain;
    if (m_isAllCurrent)
        m_all += plain;
    m_hasShown = m_hasShown || !plain.isEmpty();
    state()->text(text, key, kind);
}

A2aVocabulary::Block &A2aVocabulary::blockOf(const QString &key, KeyKind kind)
{
    if (kind == KeyKind::Document) {
        const auto known = m_documents.constFind(key);
        if (known != m_documents.cend())
            return m_blocks[*known];
        m_documents.insert(key, m_blocks.size());
        return m_blocks.emplace_back(Block{.key = key});
    }
    const bool goesOn = !m_blocks.empty() && m_lastKey == key && m_blocks.back().key == key;
    return goesOn ? m_blocks.back() : m_blocks.emplace_back(Block{.key = key});
}

const QString &A2aVocabulary::all()
{
    if (!std::exchange(m_isAllCurrent, true)) {
        m_all.clear();
        for (const Block &block : m_blocks)
            m_all += block.text;
    }
    return m_all;
}

QString A2aVocabulary::statusKey(const QString &next)
{
    const QString key = u"status %1"_s.arg(m_statusNumber);
    const bool goesOn = m_lastKey == key && !isOwnSentence(m_lastStatus, next);
    m_lastStatus = next;
    return goesOn ? key : u"status %1"_s.arg(++m_statusNumber);
}

void A2aVocabulary::hold(Artifact &artifact)
{
    const std::size_t first = m_blocks.size() > mostCandidates ? m_blocks.size() - mostCandidates : 0;
    artifact.candidates.clear();
    for (std::size_t i = first; i < m_blocks.size(); ++i)
        artifact.candidates.push_back(m_blocks[i].text);
    if (m_blocks.size() > 1)
        artifact.candidates.push_back(all());
    artifact.matched = 0;
    artifact.isHeld = true;
}

//! More of its text, which is not shown as long as it may be the repetition of something.
void A2aVocabulary::add(Artifact &artifact, const QString &text, bool isLast)
{
    artifact.text += text;
    if (artifact.isHeld) {
        artifact.pending += text;
        const QString plain = squeezed(text);
        std::erase_if(artifact.candidates, [&](const QString &candidate) {
            return !QStringView(candidate).sliced(artifact.matched).startsWith(plain);
        });
        artifact.matched += plain.size();
        if (artifact.candidates.empty())
            release(artifact);
        else if (isLast)
            settle(artifact);
        return;
    }
    if (text.isEmpty())
        return;
    showName(artifact);
    artifact.isShown = true;
    say(artifact.key, text, KeyKind::Document);
}

//! It is no repetition.
void A2aVocabulary::release(Artifact &artifact)
{
    if (!std::exchange(artifact.isHeld, false))
        return;
    const QString pending = std::exchange(artifact.pending, {});
    artifact.candidates.clear();
    if (pending.isEmpty())
        return;
    showName(artifact);
    artifact.isShown = true;
    say(artifact.key, pending, KeyKind::Document);
}

//! It is as whole as it will be for now, and so a repetition or not.
void A2aVocabulary::settle(Artifact &artifact)
{
    if (!artifact.isHeld)
        return;
    const bool isRepeated = artifact.matched > 0
        && std::ranges::any_of(artifact.candidates, [&artifact](const QString &candidate) {
                                return candidate.size() == artifact.matched;
                            });
    if (isRepeated) {
        artifact.pending.clear();
        artifact.candidates.clear();
        artifact.isHeld = false;
    } else {
        release(artifact);
    }
}

void A2aVocabulary::showName(Artifact &artifact)
{
    const QString name = std::exchange(artifact.name, {}).trimmed();
    if (name.isEmpty())
        return;
    m_lastKey = artifact.key % u" name"_s;
    state()->text(u"**"_s % asWords(name) % u"**"_s, m_lastKey);
}

bool A2aVocabulary::repeats(const QString &text)
{
    const QString plain = squeezed(text);
    if (plain.isEmpty())
        return false;
    return plain == all() || (plain.size() >= surelyRepeated && all().endsWith(plain))
        || std::ranges::find(m_blocks, plain, &Block::text) != m_blocks.end();
}

void A2aVocabulary::finish()
{
    for (auto &[id, artifact] : m_artifacts)
        settle(artifact);
    if (!m_question.isEmpty() && !repeats(m_question))
        say(u"question"_s, m_question);
    if (!m_hasShown && toldOf(m_history) < m_history.size())
        say(u"history"_s, m_history);
    for (const auto &[id, task] : m_tasks) {
        if (!a2aWaits(task.state))
            continue;
        state()->inputRequest({.id = id, .reason = task.state});
        state()->stopReason(u"interrupt"_s);
    }
}

} // namespace Parlance
