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
    // Unbuffered, so that what belongs to the next answer stays where it is.
    constexpr auto mode = QIODevice::ReadOnly | QIODevice::Unbuffered;
    if (!m_isInputTaken) {
        m_input->open(0, mode);
        return;
    }
    m_input->setFileName(u"/dev/tty"_s);
    m_input->open(mode);
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
    if (isTerminal(m_input->handle()))
        note(question.toUtf8() + ' ');
    // A terminal gives whole lines. The event loop goes on meanwhile, so that an interruption is heard
    // and what is typed is shown again after it.
    m_notifier = std::make_unique<QSocketNotifier>(m_input->handle(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Terminal::readAnswer, Qt::QueuedConnection);
}

void Terminal::readAnswer()
{
    if (!m_notifier)
        return;
    m_notifier.reset();
    QByteArray line = m_input->readLine();
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
