// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/program.h"

#include "compare/answercell.h"
#include "compare/comparepage.h"
#include "compare/comparewindow.h"
#include "demo/demoserver.h"
#include "demo/scriptbuilder.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QJsonDocument>

#include <mutex>

namespace Parlance {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

inline constexpr int patience = 20'000;

//! What a scripted endpoint says: the canary differs from prod in a word, a tool, and what it leaves out.
inline DemoScript answerOfEndpoint(const QByteArray &path, const QByteArray &body, int number)
{
    const QString prompt = QJsonDocument::fromJson(body).object().value("prompt"_L1).toString();
    // Names itself where it refuses, as the service does.
    if (path.contains("billingtwo"))
        return ScriptBuilder::refusal(
            403, "AccessDeniedException",
            u"Not authorized to invoke arn:aws:bedrock-agentcore:us-west-2:"
            "123456789012:runtime/BillingTwo-AbCdEf1234 of billingtwo-AbCdEf1234"_s);
    ScriptBuilder script(1ms);
    script.messageStart();
    script.toolCall(u"t1"_s, u"get_order"_s, {{u"order_id"_s, 4471}}, u"open"_s);
    if (prompt == u"long"_s) {
        script.text(u"The same before.\n\nIt leaves "_s
                    + (path.contains("canary") ? u"today"_s : u"tomorrow"_s)
                    + u".\n\nThe same after.\n\nAnd the same."_s);
    } else if (path.contains("canary") && prompt == u"Where is it?"_s && number % 2 == 0) {
        script.toolCall(u"t2"_s, u"look_again"_s, {}, u"here"_s);
        script.text(u"Found it."_s);
    } else if (path.contains("canary") && prompt == u"Never the same"_s) {
        script.text(u"Answer %1"_s.arg(number));
    } else if (path.contains("canary")) {
        script.text(u"A replacement can leave the warehouse today. The lamp is in stock."_s);
    } else if (path.contains("next")) {
        script.toolCall(u"t2"_s, u"reserve_stock"_s, {{u"qty"_s, 1}}, u"done"_s);
        script.text(u"A replacement can"_s);
        script.cut();
        return script.take();
    } else {
        script.toolCall(u"t2"_s, u"check_stock"_s, {{u"sku"_s, u"LAMP"_s}}, u"12"_s);
        script.text(u"A replacement can leave the warehouse tomorrow. The lamp is in stock, 12 pieces."_s);
    }
    script.messageEnd(prompt);
    return script.take();
}

//! The program beside an agent with endpoints that differ, and what somebody does in a comparison's window.
class CompareFixture : public QObject
{
    Q_OBJECT
protected:
    void begin()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_asked = 0;
        m_askedCanary = 0;
        m_server = std::make_unique<DemoServer>([this](const DemoRequest &request) {
            const std::lock_guard lock(m_lock);
            if (request.path.contains("/invocations"))
                ++m_asked;
            if (request.path.contains("canary"))
                ++m_askedCanary;
            return answerOfEndpoint(request.path, request.body, m_askedCanary);
        });
        m_url = *m_server->start();
    }
    AgentId addAgent(const Program &program, const QString &name = u"Order assistant"_s,
                     const QString &runtime = u"agent-AbCdEf1234"_s) const
    {
        Agent agent;
        agent.name = name;
        agent.target =
            RuntimeTarget{.arn = u"arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/"_s + runtime,
                          .endpointOverride = m_url.toString()};
        const Result<Agent> saved = program.workspace.agents()->save(agent);
        return saved ? saved->id : AgentId();
    }
    static bool isReady(const Program &program)
    {
        return QTest::qWaitFor([&] { return program.chat() != nullptr; }, patience);
    }
    static CompareWindow *compareWindow()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<CompareWindow *>(widget); window && window->isVisible())
                return window;
        }
        return nullptr;
    }
    //! Opens the dialog, chooses endpoints, and begins.
    CompareWindow *open(Program &program, const QStringList &endpoints) const
    {
        if (!isReady(program))
            return nullptr;
        program.window.navigation()->openAgent(addAgent(program));
        program.button(u"compare"_s)->click();
        auto *dialog = program.window.findChild<QDialog *>(u"compareDialog"_s);
        if (!dialog)
            return nullptr;
        for (qsizetype i = 0; i < endpoints.size(); ++i) {
            const QString name = u"endpointOfColumn%1"_s.arg(i + 1);
            if (!dialog->findChild<QComboBox *>(name))
                dialog->findChild<QPushButton *>(u"anotherColumn"_s)->click();
            dialog->findChild<QComboBox *>(name)->setCurrentText(endpoints.at(i));
        }
        dialog->findChild<QPushButton *>(u"beginComparison"_s)->click();
        CompareWindow *window = compareWindow();
        return window && QTest::qWaitForWindowActive(window) ? window : nullptr;
    }
    int asked()
    {
        const std::lock_guard lock(m_lock);
        return m_asked;
    }
    static void say(const CompareWindow *window, const QString &words)
    {
        auto *message = window->findChild<QPlainTextEdit *>(u"message"_s);
        message->setPlainText(words);
        QTest::keyClick(message, Qt::Key_Return);
    }
    static bool ends(const CompareWindow *window, int turns)
    {
        return QTest::qWaitFor(
            [&] {
                const SideBySide *comparison = window->comparison();
                for (const Chat *chat : comparison->chats()) {
                    if (chat->isStreaming() || chat->messages()->count() < 2 * turns)
                        return false;
                }
                return comparison->turnCount() == turns && !comparison->isLive(turns - 1);
            },
            patience);
    }
    static AnswerCell *cell(const CompareWindow *window, int turn, int column)
    {
        return window->page()->turn(turn)->cell(column);
    }
    static QString shown(const CompareWindow *window, int turn, int column)
    {
        TranscriptView *view = cell(window, turn, column)->view();
        view->showChanges();
        return view->rowText(0);
    }
    //! Everything that assistive technology is told below a widget.
    static QString everythingSaid(QAccessibleInterface *from)
    {
        QString said;
        for (const auto kind :
             {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
            said += from->text(kind) + u'\n';
        for (int i = 0; i < from->childCount(); ++i) {
            if (QAccessibleInterface *child = from->child(i))
                said += everythingSaid(child);
        }
        return said;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoServer> m_server;
    std::mutex m_lock;
    int m_asked = 0;
    int m_askedCanary = 0;
    QUrl m_url;
};

} // namespace Parlance
