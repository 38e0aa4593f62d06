// SPDX-License-Identifier: Apache-2.0
#include "wire/a2avocabulary.h"

#include "wire/a2amessage.h"

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

//! Without white space, in which repetitions differ.
QString squeezed(QStringView text)
{
    QString squeezed;
    squeezed.reserve(text.size());
    for (const QChar c : text) {
        if (!c.isSpace())
            squeezed += c;
    }
    return squeezed;
}

//! Texts of parts. Those of a message stand below each other; those of an artifact are how it came.
QString textOf(const JsonValue &parts, QStringView between = u"\n")
{
    QString text;
    for (const JsonValue &part : parts.items()) {
        const QString one = part.find("text").string();
        if (!text.isEmpty() && !one.isEmpty())
            text += between;
        text += one;
    }
    return text;
}

bool isText(const JsonValue &part)
{
    return part.find("text").isString();
}

//! How much of a text makes so many characters without white space.
qsizetype reach(const QString &text, qsizetype squeezedSize)
{
    qsizetype end = 0;
    for (; end < text.size() && squeezedSize > 0; ++end)
        squeezedSize -= text[end].isSpace() ? 0 : 1;
    return end;
}

//! Absent: the part is no file, or not to be read.
std::optional<Attachment> fileOf(const JsonValue &part)
{
    // Up to 0.3 what is in a file has an object of its own.
    const JsonValue file = part.find("file").isObject() ? part.find("file") : part;
    const auto first = [&file](std::initializer_list<QByteArrayView> names) {
        for (const QByteArrayView name : names) {
            if (file.find(name).isString())
                return file.find(name);
        }
        return JsonValue();
    };
    const JsonValue bytes = first({"bytes", "raw", "fileWithBytes"});
    const JsonValue link = first({"uri", "url", "fileWithUri"});
    if (!bytes && !link)
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(bytes.utf8().toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return Attachment{.name = first({"name", "filename"}).string(),
                      .mimeType = first({"mimeType", "mediaType"}).string(),
                      .data = *decoded,
                      .url = link.string()};
}

QString dataBlock(const JsonValue &data)
{
    return u"```json\n"_s % QString::fromUtf8(data.compact()) % u"\n```"_s;
}

bool isSameFile(const Attachment &told, const Attachment &file)
{
    const bool isSameData =
        told.keptAs.isEmpty() ? told.data == file.data : told.keptSize == file.data.size();
    return told.name == file.name && told.mimeType == file.mimeType && told.url == file.url && isSameData;
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
        report(update.find("taskId").string(), update.find("contextId").string(), {});
        takeArtifact(update.find("artifact"), update.find("append").boolean(),
                     update.find("lastChunk").boolean());
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
    for (const JsonValue &artifact : task.find("artifacts").items()) {
        recall(artifact);
        takeArtifact(artifact, false, true);
    }
    m_question.clear();
    if (a2aWaits(state))
        m_question = textOf(status.find("message").find("parts"));
    else if (isLast)
        takeStatus(id, task.find("contextId").string(), status);
    for (const JsonValue &message : task.find("history").items()) {
        const QByteArrayView role = message.find("role").utf8();
        if (role == "agent" || role == "ROLE_AGENT")
            m_history = textOf(message.find("parts"));
    }
}

void A2aVocabulary::setTold(const std::vector<Part> &parts)
{
    for (const Part &part : parts) {
        if (const auto *text = std::get_if<Text>(&part)) {
            m_toldTexts.push_back(squeezed(text->markdown.toString()));
            m_toldAll += m_toldTexts.back();
        } else if (const auto *file = std::get_if<Attachment>(&part)) {
            m_toldFiles.push_back(*file);
        }
    }
}

// Which artifact a text came from is not kept, so it is known again by what it says.
void A2aVocabulary::recall(const JsonValue &artifact)
{
    const QString id = artifact.find("artifactId").string();
    if ((m_toldTexts.empty() && m_toldFiles.empty()) || m_artifacts.contains(id))
        return;
    const QString text = textOf(artifact.find("parts"), {});
    Artifact known{.key = u"artifact "_s + id, .text = text.first(toldOf(text)), .isKnown = true};
    for (const JsonValue &part : artifact.find("parts").items()) {
        if (isText(part))
            continue;
        if (!wasTold(part))
            break;
        ++known.otherParts;
    }
    if (!known.text.isEmpty() || (text.isEmpty() && known.otherParts > 0))
        m_artifacts.insert_or_assign(id, known);
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
    if (const std::optional<Attachment> file = fileOf(part)) {
        const auto same = std::ranges::find_if(
            m_toldFiles, [&file](const Attachment &told) { return isSameFile(told, *file); });
        if (same == m_toldFiles.end())
            return false;
        m_toldFiles.erase(same);
        return true;
    }
    const JsonValue data = part.find("data");
    const auto same = data ? std::ranges::find(m_toldTexts, squeezed(dataBlock(data))) : m_toldTexts.end();
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
    say(key, textOf(message.find("parts")));
    takeOtherParts(message.find("parts"), key, 0);
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
    QString text = textOf(message.find("parts"));
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
        takeOtherParts(message.find("parts"), u"status "_s + id, 0);
}

void A2aVocabulary::takeFailure(const QString &taskId, const QString &state, const JsonValue &message)
{
    if (m_failed.contains(taskId))
        return;
    m_failed.insert(taskId);
    const QString text = textOf(message.find("parts"));
    takeOtherParts(message.find("parts"), u"status "_s + message.find("messageId").string(), 0);
    this->state()->error(text.trimmed().isEmpty() ? failureWords(state) : text, state, message.compact());
}

void A2aVocabulary::takeArtifact(const JsonValue &artifact, bool isAppended, bool isLast)
{
    if (!artifact.isObject())
        return;
    const QString id = artifact.find("artifactId").string();
    const JsonValue parts = artifact.find("parts");
    Artifact &known = m_artifacts[id];
    QString text = textOf(parts, {});
    int toldParts = 0;
    if (!std::exchange(known.isKnown, true)) {
        known.key = u"artifact "_s + id;
        const QString name = artifact.find("name").string();
        known.name = name == usualName ? QString() : name;
        hold(known);
    } else if (!isAppended) {
        // Told as a whole again: with more, or otherwise.
        toldParts = known.otherParts;
        // Nothing does not begin with an empty text.
        if (known.text.isEmpty() || text.startsWith(known.text)) {
            text = text.mid(known.text.size());
        } else {
            settle(known);
            known.key = u"artifact %1 again %2"_s.arg(id).arg(++known.generation);
            known.text.clear();
            toldParts = 0;
            hold(known);
        }
    }
    add(known, text, isLast);
    known.otherParts =
        (isAppended ? known.otherParts : 0) + takeOtherParts(parts, known.key, toldParts, &known);
}

int A2aVocabulary::takeOtherParts(const JsonValue &parts, const QString &key, int known, Artifact *artifact)
{
    int count = 0;
    for (const JsonValue &part : parts.items()) {
        if (isText(part) || ++count <= known)
            continue;
        if (artifact) {
            settle(*artifact);
            showName(*artifact);
        }
        takeOther(part, u"%1 part %2"_s.arg(key).arg(count));
    }
    return count;
}

void A2aVocabulary::takeOther(const JsonValue &part, const QString &key)
{
    m_hasShown = true;
    m_lastKey = key;
    if (const std::optional<Attachment> file = fileOf(part)) {
        state()->attachment(*file);
        return;
    }
    if (const JsonValue data = part.find("data"); data) {
        state()->text(dataBlock(data), key);
        return;
    }
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
    this->state()->taskStatus(now);
}

void A2aVocabulary::say(const QString &key, const QString &text)
{
    if (text.isEmpty())
        return;
    const QString plain = squeezed(text);
    if (m_lastKey != key || m_blocks.empty())
        m_blocks.emplace_back();
    m_lastKey = key;
    m_blocks.back() += plain;
    m_all += plain;
    m_hasShown = m_hasShown || !plain.isEmpty();
    state()->text(text, key);
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
    artifact.candidates.assign(m_blocks.begin() + std::ptrdiff_t(first), m_blocks.end());
    if (m_blocks.size() > 1)
        artifact.candidates.push_back(m_all);
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
    if (!text.isEmpty())
        showName(artifact);
    say(artifact.key, text);
}

//! It is no repetition.
void A2aVocabulary::release(Artifact &artifact)
{
    if (!std::exchange(artifact.isHeld, false))
        return;
    const QString pending = std::exchange(artifact.pending, {});
    artifact.candidates.clear();
    if (!pending.isEmpty())
        showName(artifact);
    say(artifact.key, pending);
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

bool A2aVocabulary::repeats(const QString &text) const
{
    const QString plain = squeezed(text);
    if (plain.isEmpty())
        return false;
    return plain == m_all || (plain.size() >= surelyRepeated && m_all.endsWith(plain))
        || std::ranges::find(m_blocks, plain) != m_blocks.end();
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
