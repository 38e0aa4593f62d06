// SPDX-License-Identifier: Apache-2.0
#include "headless/terminal.h"

#include "core/platform.h"

#include <QFile>
#include <QSocketNotifier>

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Unbuffered, so that what belongs to the next answer stays where it is.
constexpr auto lineByLine = QIODevice::ReadOnly | QIODevice::Unbuffered;
constexpr int standardInput = 0;

bool openTerminal(QFile &file)
{
    file.setFileName(u"/dev/tty"_s);
    return file.open(lineByLine);
}

bool writeTo(FILE *file, const QByteArray &bytes)
{
    const bool isWritten = fwrite(bytes.constData(), 1, size_t(bytes.size()), file) == size_t(bytes.size());
    return fflush(file) == 0 && isWritten;
}

} // namespace

Terminal::Terminal(QObject *parent)
    : QObject(parent)
{
}

Terminal::~Terminal() = default;

bool Terminal::print(const QByteArray &bytes)
{
    return writeTo(stdout, bytes);
}

bool Terminal::printLine(const QString &line)
{
    return print(line.toUtf8() + '\n');
}

bool Terminal::note(const QByteArray &bytes)
{
    return writeTo(stderr, bytes);
}

bool Terminal::noteLine(const QString &line)
{
    return note(line.toUtf8() + '\n');
}

QByteArray Terminal::takeInput(bool isOneLine)
{
    m_isInputTaken = true;
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return {};
    return isOneLine ? input.readLine() : input.readAll();
}

void Terminal::openInput()
{
    m_input = std::make_unique<QFile>();
    if (m_isInputTaken)
        openTerminal(*m_input);
    else
        m_input->open(standardInput, lineByLine);
}

void Terminal::ask(const QString &question, Typing typing, const Answered &answered)
{
    if (!m_input)
        openInput();
    m_answered = answered;
    if (!m_input->isOpen()) {
        QMetaObject::invokeMethod(
            this, [this] { std::exchange(m_answered, {})(std::nullopt); }, Qt::QueuedConnection);
        return;
    }
    // Before the question, or what is typed at once would be shown, and then lost.
    if (typing == Typing::Hidden)
        m_hidden = std::make_unique<HiddenTyping>(m_input->handle());
    listen(question, *m_input);
}

bool Terminal::askOnTerminal(const QString &question, const Answered &answered)
{
    auto aside = std::make_unique<QFile>();
    if (!(isTerminal(standardInput) ? aside->open(standardInput, lineByLine) : openTerminal(*aside)))
        return false;
    m_aside = std::move(aside);
    m_answered = answered;
    listen(question, *m_aside);
    return true;
}

void Terminal::listen(const QString &question, const QFile &input)
{
    if (isTerminal(input.handle()))
        note(question.toUtf8() + ' ');
    // A terminal gives whole lines. The event loop goes on meanwhile, so that an interruption is heard
    // and what is typed is shown again after it.
    m_notifier = std::make_unique<QSocketNotifier>(input.handle(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Terminal::readAnswer, Qt::QueuedConnection);
}

void Terminal::readAnswer()
{
    if (!m_notifier)
        return;
    m_notifier.reset();
    QByteArray line = (m_aside ? m_aside : m_input)->readLine();
    m_aside.reset();
    m_hidden.reset();
    const bool hasEnded = line.isEmpty();
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    const Secret answer(line);
    line.fill('\0');
    const Answered answered = std::exchange(m_answered, {});
    answered(hasEnded ? std::nullopt : std::optional<Secret>(answer));
}

} // namespace Parlance
