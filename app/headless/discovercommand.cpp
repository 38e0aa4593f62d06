// SPDX-License-Identifier: Apache-2.0
#include "headless/discovercommand.h"

#include "chat/discovery.h"
#include "chat/runtimewords.h"
#include "chat/takeproposal.h"
#include "core/whendone.h"
#include "headless/agentscommand.h"
#include "headless/proposaltext.h"
#include "headless/terminal.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// At once; the service throttles who asks for more.
constexpr size_t mostAsked = 4;

} // namespace

DiscoverCommand::DiscoverCommand(Workspace *workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

DiscoverCommand::~DiscoverCommand() = default;

Result<Identity> DiscoverCommand::identity() const
{
    const IdentityBook &book = *m_workspace->identities();
    if (!m_options.identity.isEmpty()) {
        const Identity *known = AgentsCommand::find(book.identities(), m_options.identity);
        if (!known)
            return failure(ErrorKind::InvalidTarget, AgentsCommand::noSuchIdentity(m_options.identity));
        if (!known->isAws())
            return failure(
                ErrorKind::InvalidTarget,
                tr("“%1” has no AWS keys, and an account is listed with those alone.").arg(known->name));
        return *known;
    }
    AgentProposal wanted{.agent = {.auth = AuthMethod::Identity}};
    if (m_options.profile)
        wanted.identity = Identity{.kind = AwsKeys{.profile = *m_options.profile}};
    const Identity found = *identityFor(book, wanted);
    return found.id.isEmpty() ? m_workspace->identities()->save(found) : found;
}

void DiscoverCommand::start(const Options &options)
{
    m_options = options;
    const Result<Identity> known = identity();
    if (!known) {
        end(2, known.error().message);
        return;
    }
    m_identity = known->id;
    if (!m_options.region.isEmpty()) {
        list(m_options.region);
        return;
    }
    whenDone(m_workspace->identities()->awsRegion(std::get<AwsKeys>(known->kind).profile), this,
             [this](const QString &region) {
                 if (region.isEmpty())
                     end(2, tr("The profile names no region. Name one with --region."));
                 else
                     list(region);
             });
}

void DiscoverCommand::list(const QString &region)
{
    m_listing = m_workspace->discovery()->listRuntimes(m_identity, region);
    connect(m_listing.get(), &RuntimeListing::found, this,
            [this](const std::vector<RuntimeSummary> &runtimes) {
                std::ranges::copy_if(runtimes, std::back_inserter(m_runtimes),
                                     [this](const RuntimeSummary &runtime) {
                                         return matchesFilter(runtime, m_options.filter);
                                     });
            });
    connect(m_listing.get(), &RuntimeListing::finished, this, &DiscoverCommand::onListed);
}

void DiscoverCommand::onListed(const std::optional<Error> &error)
{
    if (error) {
        const bool isOurs =
            error->kind == ErrorKind::SecretMissing || error->kind == ErrorKind::InvalidTarget;
        end(isOurs ? 2 : 1, error->message);
        return;
    }
    if (m_options.add.isEmpty()) {
        if (m_runtimes.empty())
            end(0, tr("There are no agents there that fit."));
        else
            readMore();
        return;
    }
    for (const QString &name : m_options.add) {
        const auto wanted = std::ranges::find_if(m_runtimes, [&name](const RuntimeSummary &runtime) {
            return runtime.name == name || runtime.id == name || runtime.arn == name;
        });
        if (wanted == m_runtimes.end()) {
            end(2, tr("There is no agent “%1” in this account and region.").arg(name));
            return;
        }
        m_toAdd.push_back(*wanted);
    }
    addNext();
}

void DiscoverCommand::readMore()
{
    while (!m_isRefused && m_asked < m_runtimes.size() && m_asked - m_printed < mostAsked) {
        const size_t place = m_asked++;
        whenDone(m_workspace->discovery()->endpoints(m_identity, m_runtimes[place].arn), this,
                 [this, place](const Endpoints &endpoints) { onEndpoints(place, endpoints); });
    }
}

void DiscoverCommand::onEndpoints(size_t place, const Endpoints &endpoints)
{
    if (!endpoints && !m_isRefused) {
        Terminal::noteLine(endpoints.error().message);
        m_isRefused = endpoints.error().kind == ErrorKind::AccessDenied;
    }
    m_read.insert_or_assign(place, endpoints);
    printInOrder();
}

void DiscoverCommand::printInOrder()
{
    while (m_printed < m_runtimes.size()) {
        const auto read = m_read.find(m_printed);
        // What was not asked for since the first was refused is told without endpoints.
        if (read == m_read.end() && !(m_isRefused && m_printed >= m_asked))
            break;
        const Endpoints endpoints =
            read == m_read.end() ? Endpoints(failure(ErrorKind::AccessDenied, {})) : read->second;
        if (!Terminal::print(runtimeText(m_runtimes[m_printed], endpoints, m_options.isJson).toUtf8())) {
            end(0);
            return;
        }
        m_read.erase(m_printed++);
    }
    if (m_printed == m_runtimes.size())
        end(0);
    else
        readMore();
}

void DiscoverCommand::addNext()
{
    if (m_toAdd.empty()) {
        end(0);
        return;
    }
    const RuntimeSummary runtime = m_toAdd.front();
    m_toAdd.pop_front();
    whenDone(m_workspace->discovery()->endpoints(m_identity, runtime.arn), this,
             [this, runtime](const Endpoints &endpoints) {
                 if (!endpoints)
                     Terminal::noteLine(endpoints.error().message);
                 addRuntime(runtime, endpoints.value_or(std::vector<RuntimeEndpoint>()));
             });
}

void DiscoverCommand::addRuntime(const RuntimeSummary &runtime, const std::vector<RuntimeEndpoint> &endpoints)
{
    const QString name = m_options.qualifier.isEmpty() ? u"DEFAULT"_s : m_options.qualifier;
    const auto endpoint = std::ranges::find(endpoints, name, &RuntimeEndpoint::name);
    if (endpoint == endpoints.end() && !endpoints.empty()) {
        end(2, tr("%1 has no endpoint “%2”.").arg(runtime.name, name));
        return;
    }
    const QString version = endpoint == endpoints.end() ? QString() : endpoint->liveVersion;
    whenDone(m_workspace->discovery()->details(m_identity, runtime.arn, version), this,
             [this, runtime, name](const Result<RuntimeDetails> &details) {
                 take({.summary = runtime,
                       .qualifier = name,
                       .details = details ? std::optional(*details) : std::nullopt,
                       .reader = m_identity});
             });
}

void DiscoverCommand::take(const FoundRuntime &found)
{
    if (found.details && !isChatProtocol(found.details->protocol)) {
        end(2,
            tr("%1 speaks %2, so it is no chat agent yet.")
                .arg(found.summary.name, RuntimeWords::protocol(found.details->protocol)));
        return;
    }
    const AgentProposal proposal = proposalOf(*m_workspace->identities(), found);
    const Result<Agent> agent = takeNamed(m_workspace, proposal);
    if (!agent) {
        end(2, agent.error().message);
        return;
    }
    const Identity *who = m_workspace->identities()->find(agent->identity);
    Terminal::noteLine(who ? tr("Added %1, asked as %2.").arg(agent->name, who->name)
                           : tr("Added %1, with nobody to ask it as.").arg(agent->name));
    for (const QString &note : proposal.notes)
        Terminal::noteLine(note);
    addNext();
}

void DiscoverCommand::end(int exitCode, const QString &sentence)
{
    if (std::exchange(m_isDone, true))
        return;
    if (!sentence.isEmpty())
        Terminal::noteLine(sentence);
    Q_EMIT done(exitCode);
}

} // namespace Parlance
