// SPDX-License-Identifier: Apache-2.0
#include "house/includes.h"

#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance::House {
namespace {

const QStringList rootFiles = {u"app/main.cpp"_s, u"app/headless/main.cpp"_s};
const QStringList appRooms = {u"attachments"_s, u"jsontree"_s,  u"theme"_s,   u"highlight"_s, u"transcript"_s,
                              u"window"_s,      u"inspector"_s, u"desktop"_s, u"dialogs"_s,   u"network"_s,
                              u"search"_s,      u"sessions"_s,  u"signin"_s,  u"sources"_s,   u"terminal"_s,
                              u"forms"_s,       u"transfer"_s,  u"wizard"_s,  u"compare"_s,   u"suites"_s,
                              u"app"_s};

//! The room that an include such as "wire/frame.h" names. The window's folders are one room.
QString roomOfInclude(const QString &included)
{
    const QString folder = included.section(u'/', 0, 0);
    return appRooms.contains(folder) ? u"app"_s : folder;
}

} // namespace

QString roomOf(const QString &path)
{
    if (rootFiles.contains(path))
        return u"root"_s;
    const QStringList folders = path.split(u'/');
    if (folders.size() < 3)
        return folders.constFirst();
    if (folders.at(0) == "lib"_L1)
        return folders.at(1);
    if (folders.at(0) == "app"_L1)
        return folders.at(1) == "headless"_L1 ? u"headless"_s : u"app"_s;
    return u"tests/"_s + folders.at(1);
}

IncludeRules::IncludeRules(QList<Room> rooms, const QString &qtHeaders)
    : m_rooms(std::move(rooms))
{
    const QDir root(qtHeaders);
    for (const QString &module : root.entryList({u"Qt*"_s}, QDir::Dirs)) {
        for (const QString &header : QDir(root.filePath(module)).entryList(QDir::Files))
            m_moduleOfHeader.insert(header, module.mid(2));
    }
}

const Room *IncludeRules::room(const QString &name) const
{
    for (const Room &candidate : m_rooms) {
        if (candidate.name == name)
            return &candidate;
    }
    return nullptr;
}

QList<Finding> IncludeRules::check(const SourceFile &file) const
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"_s);
    const Room *from = room(roomOf(file.path));
    if (from == nullptr)
        return {{file.path, 0, u"room"_s, u"this folder is not in the table of rooms"_s}};
    QList<Finding> findings;
    for (qsizetype index = 0; index < file.lines.size(); ++index) {
        const QRegularExpressionMatch match = include.match(file.lines.at(index));
        if (!match.hasMatch())
            continue;
        const QString included = match.captured(2);
        const QString words =
            match.capturedView(1) == "\""_L1 ? checkOurs(*from, file, included) : checkQt(*from, included);
        if (!words.isEmpty())
            findings.append({file.path, int(index) + 1, u"include"_s, words});
    }
    return findings;
}

QString IncludeRules::checkOurs(const Room &from, const SourceFile &file, const QString &included) const
{
    if (included.endsWith(".moc"_L1))
        return {};
    if (!included.contains(u'/') || included.startsWith(u'.'))
        return u"write \"%1\" from the include root, as \"folder/file.h\""_s.arg(included);
    if (from.mayInclude.contains("*"_L1))
        return {};
    const QString to = roomOfInclude(included);
    if (from.mayInclude.contains(to) || to == roomOf(file.path).section(u'/', -1))
        return {};
    return u"%1 may not include %2 (\"%3\")"_s.arg(from.name, to, included);
}

QString IncludeRules::checkQt(const Room &from, const QString &included) const
{
    QString module;
    if (included.startsWith("Qt"_L1) && included.contains(u'/'))
        module = included.section(u'/', 0, 0).mid(2);
    else
        module = m_moduleOfHeader.value(included);
    if (module.isEmpty() || from.qtModules.contains(module) || from.qtModules.contains("*"_L1))
        return {};
    return u"%1 may not use Qt %2 (<%3>)"_s.arg(from.name, module, included);
}

QList<Finding> IncludeRules::checkLinks(const SourceFile &file) const
{
    static const QRegularExpression target(u"\\b(Qt6::(\\w+)|parlance_(\\w+))\\b"_s);
    const Room *from = room(roomOf(file.path));
    if (from == nullptr)
        return {{file.path, 0, u"room"_s, u"this folder is not in the table of rooms"_s}};
    QList<Finding> findings;
    bool isPublic = false;
    for (qsizetype index = 0; index < file.lines.size(); ++index) {
        const QString line = file.lines.at(index).section(u'#', 0, 0);
        if (line.contains("PRIVATE"_L1))
            isPublic = false;
        if (line.contains("PUBLIC"_L1))
            isPublic = true;
        for (const QRegularExpressionMatch &match : target.globalMatch(line)) {
            const QString module = match.captured(2);
            const QString ours = match.captured(3);
            QString words;
            if (!module.isEmpty() && !from->qtModules.contains(module))
                words = u"%1 may not link Qt6::%2"_s.arg(from->name, module);
            else if (room(ours) != nullptr && ours != from->name && !from->mayInclude.contains(ours))
                words = u"%1 may not link parlance_%2"_s.arg(from->name, ours);
            else if (from->name == "chat"_L1 && isPublic && !ours.isEmpty() && ours != "core"_L1
                     && match.capturedStart() > line.indexOf("PUBLIC"_L1))
                words = u"chat shows the window nothing of parlance_%1: link it PRIVATE"_s.arg(ours);
            if (!words.isEmpty())
                findings.append({file.path, int(index) + 1, u"link"_s, words});
        }
    }
    return findings;
}

} // namespace Parlance::House
