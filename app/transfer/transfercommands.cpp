// SPDX-License-Identifier: Apache-2.0
#include "transfer/transfercommands.h"

#include "chat/workspace.h"
#include "core/filename.h"
#include "core/runaside.h"
#include "core/whendone.h"
#include "window/conversationsmodel.h"
#include "window/notices.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! Progress that is told more often is only restless.
constexpr qint64 tellEveryMs = 250;

QString noticeKey()
{
    return u"transfer"_s;
}

} // namespace

TransferCommands::TransferCommands(Workspace *workspace, Notices *notices, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_notices(notices)
    , m_window(window)
{
}

QFileDialog *TransferCommands::ask(const QString &title, const QStringList &filters, const QString &name)
{
    auto *dialog = new QFileDialog(m_window, title);
    dialog->setObjectName(u"transferDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->selectFile(name);
    return dialog;
}

void TransferCommands::exportOne(const ConversationId &id)
{
    const Conversation *conversation = m_workspace->conversation(id);
    if (!conversation)
        return;
    const QString whole = tr("Conversation for Parlance (*.json)");
    const QString withEvents = tr("Conversation with its events (*.json)");
    const QStringList filters{tr("Web page (*.html)"), tr("Markdown (*.md)"), whole, withEvents};
    QFileDialog *dialog = ask(tr("Export conversation"), filters,
                              fileNameFor(ConversationsModel::titleOf(*conversation), tr("Conversation")));
    dialog->setDefaultSuffix(u"html"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const qsizetype kind = filters.indexOf(filter);
        dialog->setDefaultSuffix(kind <= 0 ? u"html"_s : kind == 1 ? u"md"_s : u"json"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, id, dialog, withEvents](const QString &path) {
        write({.conversations = {id},
               .format = formatOf(path).value_or(FileFormat::Json),
               .path = path,
               .withFrames = dialog->selectedNameFilter() == withEvents});
    });
    dialog->open();
}

void TransferCommands::exportAll()
{
    std::vector<ConversationId> all;
    for (const Conversation &conversation : m_workspace->allConversations())
        all.push_back(conversation.id);
    if (all.empty()) {
        m_notices->show(
            {.key = noticeKey(), .text = tr("There are no conversations to export."), .lifetime = 8s});
        return;
    }
    const QString pages = tr("A folder of web pages (*)");
    const QString texts = tr("A folder of Markdown files (*)");
    QFileDialog *dialog =
        ask(tr("Export all conversations"), {tr("All in one file for Parlance (*.json)"), pages, texts},
            tr("conversations"));
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, pages, texts](const QString &filter) {
        dialog->setDefaultSuffix(filter == pages || filter == texts ? QString() : u"json"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, all, dialog, pages, texts](const QString &path) {
        const QString filter = dialog->selectedNameFilter();
        const bool isFolder = filter == pages || filter == texts;
        write({.conversations = all,
               .format = filter == pages ? FileFormat::Html
                   : filter == texts     ? FileFormat::Markdown
                                         : FileFormat::Json,
               .path = path,
               .isFolder = isFolder});
    });
    dialog->open();
}

ConversationTransfer *TransferCommands::begin()
{
    if (m_run) {
        m_notices->show(
            {.key = u"transferBusy"_s, .text = tr("Another export or import is under way."), .lifetime = 6s});
        return nullptr;
    }
    m_run = new ConversationTransfer(m_workspace, this);
    m_told.start();
    connect(m_run, &ConversationTransfer::failed, this, &TransferCommands::onFailed);
    return m_run;
}

void TransferCommands::write(const ConversationTransfer::Task &task)
{
    ConversationTransfer *run = begin();
    if (!run)
        return;
    connect(run, &ConversationTransfer::progressed, this, [this](int done, int of) {
        onProgress(tr("Exporting: %1 of %2 conversations").arg(done).arg(of));
    });
    connect(run, &ConversationTransfer::exported, this, [this](int count, const QString &path) {
        m_run->deleteLater();
        m_run = nullptr;
        m_notices->show({.key = noticeKey(),
                         .text = tr("%n conversations were exported to %1.", nullptr, count)
                                     .arg(QDir::toNativeSeparators(path)),
                         .lifetime = 10s});
    });
    run->exportTo(task);
}

void TransferCommands::importAsking()
{
    auto *dialog = new QFileDialog(m_window, tr("Import conversations"));
    dialog->setObjectName(u"transferDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Conversations for Parlance (*.json)")});
    connect(dialog, &QFileDialog::fileSelected, this, &TransferCommands::importFrom);
    dialog->open();
}

void TransferCommands::importFrom(const QString &path)
{
    ConversationTransfer *run = begin();
    if (!run)
        return;
    connect(run, &ConversationTransfer::imported, this, &TransferCommands::onImported);
    m_notices->show(
        {.key = noticeKey(), .text = tr("Importing…"), .actionText = tr("Cancel"), .action = [this] {
             if (m_run)
                 m_run->cancel();
         }});
    run->importFrom(path);
}

void TransferCommands::take(const QString &path, const std::function<void()> &otherwise)
{
    // The disk is asked elsewhere than in the window's thread.
    const auto looked = runAside([path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) && isConversations(file.peek(4096));
    });
    whenDone(looked, this, [this, path, otherwise](bool hasConversations) {
        if (hasConversations)
            importFrom(path);
        else
            otherwise();
    });
}

void TransferCommands::copy(const ConversationId &id)
{
    whenDone(m_workspace->messages(id), this, [this, id](const Result<std::vector<Message>> &messages) {
        const Conversation *conversation = m_workspace->conversation(id);
        if (!conversation || !messages) {
            if (!messages)
                onFailed(messages.error());
            return;
        }
        const Agent *agent = m_workspace->agents()->find(conversation->agent);
        const ConversationFile file = fileOf(*conversation, agent, *messages, FileFormat::Markdown);
        const QString markdown = QString::fromUtf8(conversationMarkdown(file));
        auto *data = new QMimeData;
        data->setText(markdown);
        data->setData(u"text/markdown"_s, markdown.toUtf8());
        data->setHtml(QString::fromUtf8(conversationHtml(file)));
        QGuiApplication::clipboard()->setMimeData(data);
        m_notices->show({.key = u"copied"_s, .text = tr("Conversation copied."), .lifetime = 4s});
    });
}

void TransferCommands::onProgress(const QString &text)
{
    if (m_told.elapsed() < tellEveryMs)
        return;
    m_told.restart();
    m_notices->show({.key = noticeKey(), .text = text, .actionText = tr("Cancel"), .action = [this] {
                         if (m_run)
                             m_run->cancel();
                     }});
}

void TransferCommands::onFailed(const Error &error)
{
    if (m_run) {
        m_run->deleteLater();
        m_run = nullptr;
    }
    if (error.kind == ErrorKind::Cancelled)
        m_notices->show({.key = noticeKey(), .text = tr("Cancelled. No file was changed."), .lifetime = 6s});
    else
        m_notices->show({.key = noticeKey(), .tone = NoticeTone::Bad, .text = error.message});
}

void TransferCommands::onImported(const TakenIn &taken)
{
    m_run->deleteLater();
    m_run = nullptr;
    QStringList words{tr("%n conversations were imported.", nullptr, int(taken.conversations.size()))};
    if (!taken.addedAgents.isEmpty())
        words.append(tr("These agents were not known here and were added: %1. Choose how to sign in to them "
                        "before sending.")
                         .arg(taken.addedAgents.join(u", "_s)));
    if (!taken.unknownAgents.isEmpty())
        words.append(
            tr("The file does not tell where these agents are: %1. What was said to them is with the "
               "built-in agent. To go on with another one, choose “Move to another agent”.")
                .arg(taken.unknownAgents.join(u", "_s)));
    if (words.size() == 1)
        m_notices->show({.key = noticeKey(), .text = words[0], .lifetime = 10s});
    else
        m_notices->show({.key = noticeKey(), .tone = NoticeTone::Caution, .text = words.join(u' ')});
    Q_EMIT imported(taken.conversations.constFirst());
}

} // namespace Parlance
