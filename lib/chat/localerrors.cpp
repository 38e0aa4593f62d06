// SPDX-License-Identifier: Apache-2.0
#include "chat/errorphrases.h"

namespace Parlance {

using enum ErrorAction;

ErrorWords ErrorPhrases::connection(const Error &error, const Agent *agent)
{
    switch (error.kind) {
    case ErrorKind::ConnectionRefused:
        return {.title = tr("Nothing answers at this address."),
                .advice = isBare(agent) ? tr("Start the agent, or check the port.")
                                        : tr("Check the address, the network and the firewall."),
                .causes = {tr("The agent is not running."), tr("It listens on another port."),
                           tr("A firewall is in the way.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::HostNotFound:
        return {.title = tr("The address was not found."),
                .advice = tr("Check the spelling of the host and the network connection."),
                .causes = {tr("The host or region is misspelled."), tr("There is no network."),
                           tr("A VPN is needed.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::TlsFailed:
        return {.title = tr("No secure connection could be made."),
                .advice = tr("The server's certificate is not trusted here. Nothing was sent. If the network "
                             "has an authority of its own, add its CA file to the network settings."),
                .causes = {tr("A company proxy uses its own certificate."),
                           tr("The certificate has expired."),
                           tr("The address uses https where only http is spoken.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::ConnectTimedOut:
        return {.title = tr("The agent could not be reached in time."),
                .advice = tr("Check the network, or allow more time to connect."),
                .causes = {tr("The network is slow or blocked."), tr("The host is switched off.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::IdleTimedOut:
        return {.title = tr("The agent fell silent."),
                .advice = tr(
                    "Nothing came for longer than this agent is allowed. It may still be working; allow more "
                    "time if that is usual."),
                .causes = {tr("A tool takes very long."), tr("The connection was lost without a sign.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::StreamCut:
        return {
            .title = tr("The connection broke before the answer was complete."),
            .advice =
                tr("What came is kept above. The agent may have gone on, so retrying can do its work twice."),
            .causes = {tr("The agent ended in the middle of its answer."), tr("The network was interrupted."),
                       tr("A proxy ended the connection.")},
            .actions = {Retry}};
    case ErrorKind::ProxyFailed:
        if (error.httpStatus == 407)
            return {.title = tr("The proxy refuses the login."),
                    .advice = tr("Check its user name and password in the network settings."),
                    .causes = {tr("The proxy wants a sign-in."), tr("The password has changed.")},
                    .actions = {Retry, EditAgent}};
        return {.title = error.message.isEmpty() ? tr("The proxy did not let the request through.")
                                                 : error.message,
                .advice = reason(error) + tr("Check the network settings, or those of this computer."),
                .causes = {tr("The proxy has rules for hosts and ports."),
                           tr("The proxy cannot look up or reach the agent's host."),
                           tr("The proxy is not running, or listens elsewhere.")},
                .actions = {Retry}};
    case ErrorKind::SocketRefused:
        return {.title = tr("The server does not speak WebSocket at this address."),
                .advice = tr("It answered, but not with a WebSocket. Check the path, or let the agent be "
                             "asked over HTTP."),
                .causes = {tr("The agent has no handler for /ws."),
                           tr("A proxy on the way does not pass WebSockets on.")},
                .actions = {EditAgent, Retry}};
    case ErrorKind::SocketClosed:
        return {.title = error.message.isEmpty() ? tr("The connection was closed.") : error.message,
                .advice = reason(error)
                    + tr("What came is kept above. Your message was sent once; retrying sends it again."),
                .causes = {tr("The agent ended in the middle of its answer."),
                           tr("The connection was open for longer than the service allows."),
                           tr("The network was interrupted.")},
                .actions = {Retry}};
    default:
        return {.title = tr("The network failed."),
                .advice = tr("Check the connection, then retry."),
                .causes = {tr("There is no network."), tr("The connection was interrupted.")},
                .actions = {Retry}};
    }
}

ErrorWords ErrorPhrases::answer(const Error &error)
{
    const QString kept = tr("What came before is kept above.");
    switch (error.kind) {
    case ErrorKind::AgentError:
        return {
            .title = tr("The agent reported an error."),
            .advice = reason(error) + tr("The agent's logs tell more. What it did before stays done."),
            .causes = {tr("The agent's code raised an error."), tr("The model or a tool it uses failed.")},
            .actions = {Retry}};
    case ErrorKind::EmptyAnswer:
        return {.title = tr("The agent answered with nothing."),
                .advice = tr(
                    "The call went well, but there was no text in it. Check that the payload has the field "
                    "the agent reads."),
                .causes = {tr("The agent reads another field than the payload gives."),
                           tr("The agent ended without a result.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::FrameTooLarge:
        return {.title = tr("One piece of the answer was too large."),
                .advice =
                    kept + u' ' + tr("A single event may have 16 MiB. Let the agent send smaller ones."),
                .causes = {tr("The agent sends a file or a whole state in one event.")},
                .actions = {Retry}};
    case ErrorKind::TrailingBytes:
        return {.title = tr("The answer ended in the middle of an event."),
                .advice = kept + u' ' + tr("The inspector shows the bytes that were left over."),
                .causes = {tr("The agent ended too early."), tr("A proxy cut the answer.")},
                .actions = {Retry}};
    case ErrorKind::InvalidUtf8:
        return {.title = tr("The answer contains bytes that are not text."),
                .advice = kept + u' ' + tr("Agents must answer in UTF-8."),
                .causes = {tr("The agent uses another encoding."), tr("The agent sends a file.")},
                .actions = {Retry}};
    default:
        return {.title = tr("A piece of the answer was damaged on its way."),
                .advice = kept + u' ' + tr("A check sum or a length was wrong. Retry."),
                .causes = {tr("A proxy changed the bytes."), tr("The agent made the events by hand.")},
                .actions = {Retry}};
    }
}

ErrorWords ErrorPhrases::ours(const Error &error)
{
    const auto own = [&error](const QString &other) {
        return error.message.isEmpty() ? other : error.message;
    };
    switch (error.kind) {
    case ErrorKind::InvalidTarget:
        return {.title = tr("The agent's address cannot be used."),
                .advice = own(tr("Enter a URL or the ARN of a runtime.")),
                .actions = {EditAgent}};
    case ErrorKind::InvalidTemplate:
        return {.title = tr("The payload template cannot be used."),
                .advice = own(tr("It must be JSON.")),
                .actions = {EditAgent}};
    case ErrorKind::InvalidHeader:
        return {.title = tr("An extra header cannot be used."),
                .advice = own(tr("Names have letters, digits and hyphens; some are reserved.")),
                .actions = {EditAgent}};
    case ErrorKind::InsecureHttp:
        return {.title = tr("The address would send everything in the clear."),
                .advice = tr("Use https, or allow plain http for this agent."),
                .causes = {tr("The URL begins with http:// and is not on this computer.")},
                .actions = {EditAgent}};
    case ErrorKind::InvalidCommand:
        return {.title = tr("The command was not run."),
                .advice = own(tr("A runtime takes up to 65,536 characters and a time-out of up to an hour.")),
                .actions = {}};
    case ErrorKind::CommandsUnavailable:
        return {.title = tr("This agent runs no commands."),
                .advice = own(tr("Commands run on deployed runtimes that were made or updated after "
                                 "March 17, 2026.")),
                .causes = {tr("The agent runs on this machine, where nothing runs commands for it."),
                           tr("The runtime is older and was not updated since.")},
                .actions = {EditAgent}};
    case ErrorKind::MessageTooLarge:
        return {.title = tr("The message is too large for a WebSocket."),
                .advice = own(tr("A frame may hold 64 KB. Nothing was sent.")),
                .causes = {tr(
                    "The text, an attached file, or the history that goes along with it, is too long.")},
                .actions = {EditAgent}};
    case ErrorKind::AddressExpired:
        return {.title = tr("The presigned address has expired."),
                .advice = own(tr("Paste a new one in the agent's settings.")),
                .causes = {tr("Such an address is good for 300 seconds at most."),
                           tr("The clock of this computer is wrong.")},
                .actions = {EditAgent}};
    case ErrorKind::NetworkUnusable:
        return {.title = tr("The network settings cannot be used."),
                .advice = own(tr("Check the proxy, the CA file and the client certificate in the settings.")),
                .causes = {tr("A file was moved or changed."), tr("A password has changed.")},
                .actions = {Retry, EditAgent}};
    case ErrorKind::SecretMissing:
        return {.title = tr("No token is set for this agent."),
                .advice = tr("Set its bearer token, then retry."),
                .causes = {tr("The token was kept for one session only."),
                           tr("It was removed from the keychain.")},
                .actions = {SetToken, Retry}};
    case ErrorKind::Cancelled:
        return {
            .title = tr("The answer was stopped."), .advice = tr("Retry asks again."), .actions = {Retry}};
    default:
        return {.title = tr("Something went wrong inside Parlance."),
                .advice = own(tr("Retry. If it happens again, Details has what a report needs.")),
                .actions = {Retry}};
    }
}

ErrorWords ErrorPhrases::keeping(const Error &error)
{
    const QString inMemory = tr("Until then everything stays in memory only.");
    switch (error.kind) {
    case ErrorKind::KeychainUnavailable:
        return {.title = tr("There is no keychain."),
                .advice =
                    tr("Tokens are kept until Parlance ends. Start a keychain service to keep them longer."),
                .causes = {tr("No Secret Service runs in this session.")},
                .actions = {SetToken, Retry}};
    case ErrorKind::KeychainLocked:
        return {.title = tr("The keychain is locked."),
                .advice = tr("Unlock it, then retry."),
                .causes = {tr("The keychain was not unlocked at log-in.")},
                .actions = {Retry}};
    case ErrorKind::KeychainRefused:
        return {.title = tr("The keychain did not give the token."),
                .advice = tr("Allow Parlance to read it, or set the token again."),
                .causes = {tr("Access was declined.")},
                .actions = {Retry, SetToken}};
    case ErrorKind::StoreFull:
        return {.title = tr("The disk is full."),
                .advice = tr("Make room, and saving goes on by itself.") + u' ' + inMemory};
    case ErrorKind::StoreReadOnly:
        return {.title = tr("Conversations cannot be written."),
                .advice = tr("The folder is read-only. Allow writing to it.") + u' ' + inMemory};
    case ErrorKind::StoreLocked:
        return {.title = tr("Another Parlance uses the conversations."),
                .advice = tr("Close it and start again to keep what you write here.") + u' ' + inMemory};
    case ErrorKind::StoreCorrupt:
        return {.title = tr("The file with the conversations is damaged."),
                .advice = tr("It was set aside unchanged, and a new one was begun.")};
    default:
        return {.title = tr("Conversations could not be saved."),
                .advice = tr("Check the disk and the folder.") + u' ' + inMemory};
    }
}

} // namespace Parlance
