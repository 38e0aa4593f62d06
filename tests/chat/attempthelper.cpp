// SPDX-License-Identifier: Apache-2.0
// A program that is there to be killed: it has one question answered, asks again or asks something else in
// its place, runs a command, or writes a draft, and writes how many letters of the new answer it has.
//
//   attempthelper regenerate|edit|command|draft FOLDER URL
#include "chat/attachmentshelf.h"
#include "chat/program.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

void say(const QByteArray &line)
{
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
}

void draft(const Program &program, Chat *chat)
{
    const Result<Attachment> kept = program.workspace.attachments().keptBytes("some notes", u"notes.txt"_s);
    chat->setDraft(u"read this"_s);
    if (kept)
        chat->setDraftFiles({*kept});
    chat->setEdit(MessageId(chat->messages()->at(0).id), u"uno"_s, chat->conversation().draftFiles);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4)
        return 2;
    Program program(arguments[2], QUrl(arguments[3]));
    Chat *chat = program.newChat();
    chat->send(u"one"_s);
    if (!QTest::qWaitFor([chat] { return !chat->isStreaming(); }, 20'000) || chat->messages()->count() != 2)
        return 1;
    const MessageId question(chat->messages()->at(0).id.value());
    const MessageId answer(chat->messages()->at(1).id.value());
    say("conversation " + chat->conversation().id.value().toUtf8());
    say("session " + chat->conversation().session.value().toUtf8());
    if (arguments[1] == u"command")
        chat->send(u"!endless"_s);
    else if (arguments[1] == u"draft")
        draft(program, chat);
    else if (arguments[1] == u"edit")
        chat->sendEdited(question, u"uno"_s, {}, AttemptSession::New);
    else
        chat->retry(answer, AttemptSession::New);
    say("session " + chat->conversation().session.value().toUtf8());
    QObject::connect(chat->messages(), &MessageList::changed, chat, [chat](int index) {
        const Message &message = chat->messages()->at(index);
        qsizetype letters = message.text().size();
        for (const MessagePart &part : message.parts) {
            if (const auto *output = std::get_if<CommandOutput>(&part.content))
                letters += output->text.size();
        }
        say("letters " + QByteArray::number(letters));
    });
    return QCoreApplication::exec();
}
