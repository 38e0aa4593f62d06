// SPDX-License-Identifier: Apache-2.0
#include "demo/commandscript.h"

#include "demo/scriptbuilder.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <zlib.h>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray number(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray checkSum(const QByteArray &bytes)
{
    return number(quint32(crc32(0, reinterpret_cast<const Bytef *>(bytes.constData()), uInt(bytes.size()))));
}

QByteArray header(const QByteArray &name, const QByteArray &value)
{
    constexpr char stringType = 7;
    QByteArray bytes(1, char(name.size()));
    bytes += name;
    bytes += stringType;
    bytes += char(value.size() >> 8);
    bytes += char(value.size() & 0xff);
    return bytes + value;
}

void listFiles(CommandScript &script)
{
    script.output(u"total 12\n"
                  "-rw-r--r-- 1 demo demo  812 Nov  3 09:12 \x1b[32magent.py\x1b[0m\n"
                  "drwxr-xr-x 2 demo demo 4096 Nov  3 09:12 \x1b[1;34mtools\x1b[0m\n"
                  "-rw-r--r-- 1 demo demo   96 Nov  3 09:12 requirements.txt\n"_s,
                  40ms);
    script.stop(0);
}

void showProgress(CommandScript &script)
{
    for (int percent = 0; percent <= 100; percent += 10)
        script.error(
            u"\rFetching \x1b[36m%1\x1b[0m %2 %"_s.arg(QString(percent / 5, u'#').leftJustified(20, u'.'))
                .arg(percent, 3),
            120ms);
    script.error(u"\n"_s);
    script.output(u"10 files in place\n"_s);
    script.stop(0);
}

void build(CommandScript &script)
{
    for (int file = 1; file <= 60; ++file) {
        script.output(u"[%1/60] \x1b[32mCompiling\x1b[0m part_%1.cpp\n"_s.arg(file), 25ms);
        if (file % 20 == 0)
            script.error(u"part_%1.cpp:7:3: \x1b[1;33mwarning:\x1b[0m unused variable ‘n’\n"_s.arg(file));
    }
    script.stop(0);
}

void sleepFor(CommandScript &script, int seconds, int timeout)
{
    if (seconds > timeout)
        script.stop(-1, u"TIMED_OUT"_s, std::chrono::seconds(timeout));
    else
        script.stop(0, u"COMPLETED"_s, std::chrono::seconds(seconds));
}

void help(CommandScript &script)
{
    script.output(
        u"This is a pretended machine: nothing is run. It knows\n"
        "  \x1b[1mls\x1b[0m, \x1b[1mpwd\x1b[0m, \x1b[1mwhoami\x1b[0m, \x1b[1mdate\x1b[0m, "
        "\x1b[1mecho\x1b[0m WORDS, \x1b[1msleep\x1b[0m SECONDS\n"
        "  \x1b[1mmake\x1b[0m       many lines, some of them warnings\n"
        "  \x1b[1mfetch\x1b[0m      a bar of progress\n"
        "  \x1b[1mfalse\x1b[0m      ends with exit code 1\n"
        "  \x1b[1mcut\x1b[0m, \x1b[1mthrottle\x1b[0m, \x1b[1mdamage\x1b[0m   go wrong on the way\n"_s);
    script.stop(0);
}

} // namespace

CommandScript::CommandScript()
{
    m_script.headers.append(HttpHeader{"Content-Type", "application/vnd.amazon.eventstream"});
    add(compact({{u"contentStart"_s, QJsonObject()}}), {});
}

QByteArray CommandScript::message(const QByteArray &messageType, const QByteArray &kind,
                                  const QByteArray &payload)
{
    const QByteArray kindName = messageType == "exception" ? ":exception-type" : ":event-type";
    const QByteArray headers = header(kindName, kind) + header(":content-type", "application/json")
        + header(":message-type", messageType);
    constexpr qsizetype overhead = 16;
    QByteArray bytes =
        number(quint32(overhead + headers.size() + payload.size())) + number(quint32(headers.size()));
    bytes += checkSum(bytes);
    bytes += headers + payload;
    return bytes + checkSum(bytes);
}

void CommandScript::add(const QByteArray &payload, std::chrono::milliseconds delay)
{
    m_script.steps.push_back({.bytes = message("event", "chunk", payload), .delay = delay});
}

void CommandScript::output(const QString &text, std::chrono::milliseconds delay)
{
    add(compact({{u"contentDelta"_s, QJsonObject{{u"stdout"_s, text}}}}), delay);
}

void CommandScript::error(const QString &text, std::chrono::milliseconds delay)
{
    add(compact({{u"contentDelta"_s, QJsonObject{{u"stderr"_s, text}}}}), delay);
}

void CommandScript::stop(int exitCode, const QString &status, std::chrono::milliseconds delay)
{
    add(compact({{u"contentStop"_s, QJsonObject{{u"exitCode"_s, exitCode}, {u"status"_s, status}}}}), delay);
}

void CommandScript::exception(const QByteArray &type, const QString &text)
{
    m_script.steps.push_back({.bytes = message("exception", type, compact({{u"message"_s, text}}))});
}

void CommandScript::damaged()
{
    QByteArray bytes = message("event", "chunk", compact({{u"contentDelta"_s, QJsonObject()}}));
    bytes.back() = char(bytes.back() ^ 1);
    m_script.steps.push_back({.bytes = bytes});
}

void CommandScript::cut()
{
    const QByteArray bytes =
        message("event", "chunk", compact({{u"contentDelta"_s, QJsonObject{{u"stdout"_s, u"lost"_s}}}}));
    m_script.steps.push_back({.bytes = bytes.first(bytes.size() / 2)});
    m_script.end = DemoEnd::Cut;
}

DemoScript CommandScript::take()
{
    return std::exchange(m_script, {});
}

DemoScript demoCommand(const DemoRequest &request)
{
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const QString line = body.value("command"_L1).toString().trimmed();
    const int timeout = body.value("timeout"_L1).toInt(300);
    if (line.isEmpty() || timeout < 1 || timeout > 3600)
        return ScriptBuilder::refusal(400, "ValidationException",
                                      u"The command or its time-out is missing."_s);
    const QString program = line.section(u' ', 0, 0);
    const QString rest = line.section(u' ', 1);
    CommandScript script;
    if (program == u"help"_s) {
        help(script);
    } else if (program == u"ls"_s) {
        listFiles(script);
    } else if (program == u"make"_s) {
        build(script);
    } else if (program == u"fetch"_s) {
        showProgress(script);
    } else if (program == u"sleep"_s) {
        sleepFor(script, rest.toInt(), timeout);
    } else if (program == u"throttle"_s) {
        script.output(u"half of it\n"_s);
        script.exception("throttlingException", u"Rate exceeded"_s);
    } else if (program == u"damage"_s) {
        script.output(u"before the damage\n"_s);
        script.damaged();
    } else if (program == u"cut"_s) {
        script.output(u"before the cut\n"_s);
        script.cut();
    } else if (program == u"echo"_s || program == u"pwd"_s || program == u"whoami"_s
               || program == u"date"_s) {
        script.output(program == u"echo"_s      ? QString(rest % u'\n')
                          : program == u"pwd"_s ? u"/app\n"_s
                          : program == u"whoami"_s
                          ? u"demo\n"_s
                          : QString(QDateTime::currentDateTime().toString() % u'\n'));
        script.stop(0);
    } else if (program == u"false"_s) {
        script.stop(1);
    } else {
        script.error(u"sh: 1: %1: not found (try help)\n"_s.arg(program));
        script.stop(127);
    }
    return script.take();
}

} // namespace Parlance
