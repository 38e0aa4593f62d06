// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/secret.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

class QFile;
class QSocketNotifier;

namespace Parlance {

class HiddenTyping;

//! Where a command speaks and asks. Answers come one line each from standard input, be it a person or a
//! pipe; once something else has read that, from the terminal itself.
class Terminal : public QObject
{
    Q_OBJECT
public:
    using Answered = std::function<void(const std::optional<Secret> &)>;
    enum class Typing { Shown, Hidden };

    explicit Terminal(QObject *parent = nullptr);
    ~Terminal() override;

    //! To standard output. False when nobody reads any more.
    static bool print(const QByteArray &bytes);
    static bool printLine(const QString &line);
    //! To standard error.
    static bool note(const QByteArray &bytes);
    static bool noteLine(const QString &line);

    //! All of standard input, or its first line. It is not asked for answers after that.
    QByteArray takeInput(bool isOneLine);
    //! One question at a time. No answer: the input has ended.
    void ask(const QString &question, Typing typing, const Answered &answered);
    //! The same of who sits at the terminal, whatever standard input is. False: there is no terminal, and no
    //! answer follows.
    bool askOnTerminal(const QString &question, const Answered &answered);

private:
    void openInput();
    void listen(const QString &question, const QFile &input);
    void readAnswer();

    std::unique_ptr<QFile> m_input;
    std::unique_ptr<QFile> m_aside; //!< the terminal itself, while that is asked
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<HiddenTyping> m_hidden;
    Answered m_answered;
    bool m_isInputTaken = false;
};

} // namespace Parlance
