// SPDX-License-Identifier: Apache-2.0
#include "dialogs/switchermodel.h"

#include "chat/comparisonbook.h"
#include "chat/workspace.h"

#include <QDate>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int gapsRank = 3000;

QString timeText(const QDateTime &utc)
{
    const QDateTime local = utc.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    if (days <= 0)
        return local.time().toString(u"HH:mm"_s);
    return days == 1 ? SwitcherModel::tr("yesterday")
                     : QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace

std::optional<int> matchRank(const QString &title, const QString &typed)
{
    const QString wanted = typed.simplified();
    if (wanted.isEmpty())
        return 0;
    const qsizetype place = title.indexOf(wanted, 0, Qt::CaseInsensitive);
    if (place == 0)
        return int(std::min<qsizetype>(title.size() - wanted.size(), 999));
    if (place > 0) {
        const bool isWord = !title[place - 1].isLetterOrNumber();
        return (isWord ? 1000 : 2000) + int(std::min<qsizetype>(place, 999));
    }
    // Every letter in its order, with gaps: "ordas" finds "Order assistant".
    qsizetype at = -1;
    qsizetype first = -1;
    for (const QChar letter : wanted) {
        if (letter.isSpace())
            continue;
        at = title.indexOf(letter, at + 1, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        if (first < 0)
            first = at;
    }
    return gapsRank + int(std::min<qsizetype>(at - first, 9999));
}

SwitcherModel::SwitcherModel(const Workspace &workspace, QObject *parent)
    : QAbstractListModel(parent)
{
    for (const Conversation &conversation : workspace.allConversations()) {
        const Agent *agent = workspace.agents()->find(conversation.agent);
        if (!agent || workspace.comparisons()->hides(conversation.id))
            continue;
        const QDateTime active =
            conversation.lastActive.isValid() ? conversation.lastActive : conversation.created;
        m_all.push_back({.agent = agent->id,
                         .conversation = conversation.id,
                         .title = conversation.title.isEmpty() ? tr("New conversation") : conversation.title,
                         .details = tr("%1 · %2").arg(agent->name, timeText(active)),
                         .colour = agent->colour});
    }
    for (const Agent &agent : workspace.agents()->agents())
        m_all.push_back(
            {.agent = agent.id, .title = agent.name, .details = tr("Agent"), .colour = agent.colour});
    setTyped({});
}

void SwitcherModel::setTyped(const QString &typed)
{
    struct Ranked
    {
        int rank = 0;
        size_t index = 0;
    };
    std::vector<Ranked> fits;
    for (size_t i = 0; i < m_all.size(); ++i) {
        if (const std::optional<int> rank = matchRank(m_all[i].title, typed))
            fits.push_back({*rank, i});
    }
    std::ranges::stable_sort(fits, {}, &Ranked::rank);
    beginResetModel();
    m_shown.clear();
    for (const Ranked &fit : fits)
        m_shown.push_back(fit.index);
    endResetModel();
}

int SwitcherModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant SwitcherModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SwitcherEntry &shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.title;
    case DetailsRole:
        return shown.details;
    case ColourRole:
        return shown.colour;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(shown.title, shown.details);
    default:
        return {};
    }
}

} // namespace Parlance
