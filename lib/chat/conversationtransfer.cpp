// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationtransfer.h"

#include "chat/workspace.h"
#include "core/filename.h"
#include "core/runaside.h"
#include "core/whendone.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

Error fileError(const QString &sentence, const QString &reason)
{
    return {.kind = ErrorKind::Internal, .message = sentence.arg(reason)};
}

Error cannotWrite(const QString &reason)
{
    return fileError(ConversationTransfer::tr("The file could not be written: %1"), reason);
}

QByteArray bytesOf(const ConversationFile &file, FileFormat format)
{
    switch (format) {
    case FileFormat::Markdown:
        return conversationMarkdown(file);
    case FileFormat::Html:
        return conversationHtml(file);
    case FileFormat::Json:
        break;
    }
    return conversationJson(file);
}

QByteArray head()
{
    const QString program =
        QCoreApplication::applicationName() + u' ' + QCoreApplication::applicationVersion();
    return jsonHead(program, QDateTime::currentDateTimeUtc());
}

Result<void> put(QFileDevice &file, const QByteArray &bytes)
{
    if (file.write(bytes) != bytes.size())
        return failure(cannotWrite(file.errorString()));
    return {};
}

Result<void> writeWhole(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failure(cannotWrite(file.errorString()));
    if (Result<void> written = put(file, bytes); !written)
        return written;
    if (!file.commit())
        return failure(cannotWrite(file.errorString()));
    return {};
}

// A name in the folder that nothing has yet.
QString freePath(const QString &folder, const QString &name, const QString &suffix)
{
    QString path = folder + u'/' + name + suffix;
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = u"%1/%2 (%3)%4"_s.arg(folder, name, QString::number(i), suffix);
    return path;
}

Result<std::vector<ConversationFile>> readFile(const QString &path)
{
    QFile file(path);
    const QString sentence = ConversationTransfer::tr("The file could not be read: %1");
    if (!file.open(QIODevice::ReadOnly))
        return failure(fileError(sentence, file.errorString()));
    if (file.size() > ConversationTransfer::maximumBytes)
        return failure(
            ErrorKind::Internal,
            ConversationTransfer::tr("The file is larger than 512 MB, which is more than can be taken in."));
    // What it is shows at its beginning; the rest need not be read to refuse it.
    const QByteArray begin = file.peek(4096);
    const QByteArray bytes = isConversations(begin) ? file.readAll() : begin;
    if (file.error() != QFileDevice::NoError)
        return failure(fileError(sentence, file.errorString()));
    return readConversations(bytes);
}

} // namespace

QString suffixOf(FileFormat format)
{
    switch (format) {
    case FileFormat::Markdown:
        return u".md"_s;
    case FileFormat::Html:
        return u".html"_s;
    case FileFormat::Json:
        break;
    }
    return u".json"_s;
}

std::optional<FileFormat> formatOf(const QString &path)
{
    for (const FileFormat format : {FileFormat::Markdown, FileFormat::Html, FileFormat::Json}) {
        if (path.endsWith(suffixOf(format), Qt::CaseInsensitive))
            return format;
    }
    return std::nullopt;
}

ConversationTransfer::ConversationTransfer(Workspace *workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
    m_pool.setMaxThreadCount(1);
}

ConversationTransfer::~ConversationTransfer() = default;

template <typename Work, typename Then> void ConversationTransfer::inBackground(Work work, Then then)
{
    using Value = decltype(work());
    whenDone(runAside(std::move(work), &m_pool), this, [this, then = std::move(then)](const Value &value) {
        if (m_isRunning)
            then(value);
    });
}

void ConversationTransfer::exportTo(const Task &task)
{
    m_task = task;
    m_next = 0;
    m_isRunning = true;
    if (task.format == FileFormat::Json && !task.isFolder) {
        m_file = std::make_shared<QSaveFile>(task.path);
        if (!m_file->open(QIODevice::WriteOnly)) {
            const Error error = cannotWrite(m_file->errorString());
            QMetaObject::invokeMethod(
                this, [this, error] { end(error); }, Qt::QueuedConnection);
            return;
        }
        m_file->write(head());
    }
    QMetaObject::invokeMethod(this, &ConversationTransfer::exportNext, Qt::QueuedConnection);
}

void ConversationTransfer::exportNext()
{
    if (!m_isRunning)
        return;
    Q_EMIT progressed(int(m_next), int(m_task.conversations.size()));
    if (!m_isRunning)
        return;
    if (m_next >= m_task.conversations.size()) {
        finish();
        return;
    }
    const Conversation *conversation = m_workspace->conversation(m_task.conversations[m_next]);
    if (!conversation) {
        ++m_next;
        exportNext();
        return;
    }
    whenDone(m_workspace->messages(conversation->id), this,
             [this, id = conversation->id](const Result<std::vector<Message>> &messages) {
                 if (!m_isRunning)
                     return;
                 if (!messages) {
                     end(messages.error());
                     return;
                 }
                 const Conversation *known = m_workspace->conversation(id);
                 if (!known) {
                     ++m_next;
                     exportNext();
                     return;
                 }
                 const Agent *agent = m_workspace->agents()->find(known->agent);
                 collectFrames(
                     std::make_shared<ConversationFile>(fileOf(*known, agent, *messages, m_task.format)), 0);
             });
}

void ConversationTransfer::collectFrames(const std::shared_ptr<ConversationFile> &file, size_t message)
{
    const bool isWanted = m_task.withFrames && m_task.format == FileFormat::Json;
    while (isWanted && message < file->messages.size() && file->messages[message].role != Role::Agent)
        ++message;
    if (!isWanted || message >= file->messages.size()) {
        writeOut(file);
        return;
    }
    const MessageId id = file->messages[message].id;
    whenDone(m_workspace->frames(id), this,
             [this, file, message, id](const Result<std::vector<Frame>> &frames) {
                 if (!m_isRunning)
                     return;
                 if (!frames) {
                     end(frames.error());
                     return;
                 }
                 if (!frames->empty())
                     file->frames[id] = *frames;
                 collectFrames(file, message + 1);
             });
}

void ConversationTransfer::writeOut(const std::shared_ptr<ConversationFile> &file)
{
    const bool isFirst = m_next == 0;
    inBackground(
        [file, task = m_task, out = m_file, isFirst, shelf = m_workspace->attachments()]() -> Result<void> {
            if (task.format != FileFormat::Markdown)
                takeOffShelf(file->messages, shelf);
            const QByteArray bytes = bytesOf(*file, task.format);
            if (out) {
                Result<void> written = isFirst ? Result<void>() : put(*out, jsonBetween());
                return written ? put(*out, bytes) : written;
            }
            const QByteArray whole = task.format == FileFormat::Json ? head() + bytes + jsonTail() : bytes;
            if (!task.isFolder)
                return writeWhole(task.path, whole);
            if (!QDir().mkpath(task.path))
                return failure(cannotWrite(ConversationTransfer::tr("the folder cannot be made")));
            const QString name =
                fileNameFor(file->conversation.title, ConversationTransfer::tr("Conversation"));
            return writeWhole(freePath(task.path, name, suffixOf(task.format)), whole);
        },
        [this](const Result<void> &written) {
            if (!written) {
                end(written.error());
                return;
            }
            ++m_next;
            exportNext();
        });
}

void ConversationTransfer::finish()
{
    inBackground(
        [out = m_file]() -> Result<void> {
            if (!out)
                return {};
            if (Result<void> written = put(*out, jsonTail()); !written)
                return written;
            if (!out->commit())
                return failure(cannotWrite(out->errorString()));
            return {};
        },
        [this](const Result<void> &written) {
            if (!written) {
                end(written.error());
                return;
            }
            m_isRunning = false;
            m_file.reset();
            Q_EMIT exported(int(m_task.conversations.size()), m_task.path);
        });
}

void ConversationTransfer::importFrom(const QString &path)
{
    m_isRunning = true;
    inBackground(
        [path, shelf = m_workspace->attachments()] {
            Result<std::vector<ConversationFile>> files = readFile(path);
            if (files) {
                for (ConversationFile &file : *files)
                    putOnShelf(file.messages, shelf);
            }
            return files;
        },
        [this](const Result<std::vector<ConversationFile>> &files) {
            if (!files) {
                end(files.error());
                return;
            }
            if (files->empty()) {
                end({.kind = ErrorKind::Internal, .message = tr("There is no conversation in this file.")});
                return;
            }
            m_taking = m_workspace->takeIn(*files);
            whenDone(m_taking, this, [this](const Result<TakenIn> &taken) {
                if (!m_isRunning)
                    return;
                if (!taken) {
                    end(taken.error());
                    return;
                }
                m_isRunning = false;
                Q_EMIT imported(*taken);
            });
        });
}

void ConversationTransfer::cancel()
{
    if (m_isRunning)
        end({.kind = ErrorKind::Cancelled, .message = tr("Cancelled.")});
}

// A file that is not complete is never put in its place.
void ConversationTransfer::end(const Error &error)
{
    m_isRunning = false;
    m_taking.cancel();
    // What is being written at this moment still uses it; the last one to let go of it removes it.
    if (m_file)
        m_pool.start([out = m_file] { out->cancelWriting(); });
    m_file.reset();
    Q_EMIT failed(error);
}

} // namespace Parlance
