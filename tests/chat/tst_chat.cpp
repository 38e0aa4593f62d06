// SPDX-License-Identifier: Apache-2.0
#include "chat/errorcatalogue.h"
#include "chat/framelog.h"
#include "chat/workspace.h"
#include "chat/fakesecrets.h"
#include "chat/scriptedrequest.h"

#include <QSignalSpy>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestChat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_agent = ScriptedAgent();
        m_workspace = std::make_unique<Workspace>(
            Workspace::Collaborators{.secrets = &m_secrets, .makeRequest = m_agent.factory()});
        QSignalSpy ready(m_workspace.get(), &Workspace::ready);
        m_workspace->start();
        QTRY_COMPARE_EQ(ready.count(), 1);
        m_chat = m_workspace->newConversation(m_workspace->agents()->agents().front().id);
    }

    void streamsAnAnswer()
    {
        QSignalSpy finished(m_chat, &Chat::answerFinished);
        m_chat->send(u"Hello"_s);
        QVERIFY(m_chat->isStreaming());
        QCOMPARE_EQ(m_chat->messages()->count(), 2);
        m_agent.last()->answerHead();
        m_agent.last()->answer({"\"Hi \"", "\"there\""});
        QVERIFY(!m_chat->messages()->at(1).text().isEmpty());
        m_agent.last()->finish();
        QCOMPARE_EQ(finished.count(), 1);
        QCOMPARE_EQ(m_chat->messages()->at(1).state, MessageState::Complete);
        QCOMPARE_EQ(m_chat->conversation().title, u"Hello"_s);
        const std::unique_ptr<FrameLog> frames = m_chat->openFrames(m_chat->messages()->at(1).id);
        QCOMPARE_EQ(frames->rows().size(), size_t(2));
    }

private:
    FakeSecrets m_secrets;
    ScriptedAgent m_agent;
    std::unique_ptr<Workspace> m_workspace;
    Chat *m_chat = nullptr;
};

QTEST_GUILESS_MAIN(TestChat)
#include "tst_chat.moc"
