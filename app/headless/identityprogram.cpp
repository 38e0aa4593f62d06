// SPDX-License-Identifier: Apache-2.0
#include "headless/identityprogram.h"

#include "chat/errorcatalogue.h"
#include "core/platform.h"
#include "core/whendone.h"
#include "headless/agentscommand.h"
#include "headless/keptlists.h"
#include "headless/logincommand.h"
#include "headless/terminal.h"
#include "headless/usage.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct IdentityProgram
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::IdentityProgram)
};

void openBrowser(const QUrl &url)
{
    QProcess::startDetached(u"xdg-open"_s, {QString::fromLatin1(url.toEncoded())});
}

} // namespace

int runIdentity(const QString &command, const Arguments &arguments, const CommandParts &parts)
{
    if (arguments.words.size() != 1)
        return complain(IdentityProgram::tr("Give one NAME."), usage());
    if (const Result<void> read = parts.readKept(); !read)
        return complain(read.error().message);
    IdentityBook *identities = parts.workspace->identities();
    const QString &name = arguments.words.constFirst();
    const Identity *known = AgentsCommand::find(identities->identities(), name);
    if (!known)
        return complain(AgentsCommand::noSuchIdentity(name));
    const Identity identity = *known;
    const bool isJson = arguments.has(u"json"_s);
    onTerminationRequest(parts.terminal, [] { QCoreApplication::exit(1); });
    const auto refused = [](const Error &error) {
        Terminal::noteLine(error.message.isEmpty() ? errorWords(error, nullptr).title : error.message);
        QCoreApplication::exit(1);
    };
    std::unique_ptr<LoginCommand> login;
    const auto begin = [&] {
        if (command == u"login"_s) {
            login = std::make_unique<LoginCommand>(identities, parts.terminal, [](const QUrl &url) {
                openBrowser(url);
                return true;
            });
            QObject::connect(login.get(), &LoginCommand::done, login.get(),
                             [](int code) { QCoreApplication::exit(code); });
            login->start(identity);
        } else if (command == u"logout"_s) {
            whenDone(identities->signOut(identity.id), parts.terminal, [&](const Result<void> &result) {
                if (!result) {
                    refused(result.error());
                    return;
                }
                Terminal::noteLine(IdentityProgram::tr("Signed out of “%1”.").arg(identity.name));
                QCoreApplication::exit(0);
            });
        } else {
            whenDone(identities->check(identity.id), parts.terminal, [&](const Result<QString> &who) {
                if (!who) {
                    refused(who.error());
                    return;
                }
                Terminal::print(stateText(identity, identities->state(identity.id), *who, isJson).toUtf8());
                QCoreApplication::exit(0);
            });
        }
    };
    QMetaObject::invokeMethod(parts.terminal, begin, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace Parlance
