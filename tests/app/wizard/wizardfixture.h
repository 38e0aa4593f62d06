// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wizard/agentwizard.h"

#include "app/panels/tunedsecrets.h"
#include "demo/demoserver.h"
#include "signin/identitycommands.h"
#include "sources/importpanel.h"
#include "support/collaborators.h"
#include "support/nodeserver.h"
#include "support/waited.h"
#include "theme/theme.h"
#include "window/notices.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Parlance {

//! Remembers what was asked, and answers yes only when told to.
class AskedNotices : public Notices
{
public:
    using Notices::Notices;
    void ask(const Question &question, QWidget * /*parent*/, std::function<void()> onYes) override
    {
        asked += question.title;
        if (saysYes)
            onYes();
    }
    QStringList asked;
    bool saysYes = false;
};

//! The wizard over a workspace of its own, beside a provider and the service's front.
class WizardFixture : public QObject
{
    Q_OBJECT
protected:
    template <typename T> T *child(const char *name) const
    {
        return m_wizard->findChild<T *>(QLatin1StringView(name));
    }
    QPushButton *button(const char *name) const { return child<QPushButton>(name); }
    void next() const { button("next")->click(); }
    QString step() const { return m_wizard->accessibleName(); }
    QString text(const char *label) const { return child<QLabel>(label)->text(); }
    void type(const char *field, const QString &words) const
    {
        child<QLineEdit>(field)->clear();
        child<QLineEdit>(field)->insert(words);
    }
    //! As the keyboard does.
    void choose(const char *list, const QString &word) const
    {
        auto *box = child<QComboBox>(list);
        box->setFocus();
        while (!box->currentText().contains(word) && box->currentIndex() + 1 < box->count())
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), word);
    }
    std::vector<Agent> added() const
    {
        std::vector<Agent> agents = m_workspace->agents()->agents();
        agents.erase(agents.begin());
        return agents;
    }

    void open()
    {
        m_wizard = std::make_unique<AgentWizard>(AgentWizard::Collaborators{.theme = m_theme.get(),
                                                                            .workspace = m_workspace,
                                                                            .notices = m_notices.get(),
                                                                            .identities = m_identities});
        m_wizard->open();
        QVERIFY(QTest::qWaitForWindowActive(m_wizard.get()));
    }
    //! To the second page, of a runtime behind the gate.
    void openAt(const QString &runtime)
    {
        open();
        type("target",
             QStringLiteral("arn:aws:bedrock-agentcore:us-west-2:123456789012:runtime/") + runtime
                 + QStringLiteral("-AbCdEf1234"));
        type("endpoint", m_gate.url().toString());
        next();
    }
    void goToTest()
    {
        while (!step().endsWith(QStringLiteral("Test the connection")) && m_wizard->failureText().isEmpty())
            next();
    }

    NodeServer m_provider{QStringLiteral("oidc.mjs")};
    NodeServer m_gate{QStringLiteral("gate.mjs")};
    DemoServer m_demo;
    QUrl m_url;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<AskedNotices> m_notices;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CollaboratorsWith<TunedSecrets>> m_with;
    Workspace *m_workspace = nullptr;
    TunedSecrets *m_secrets = nullptr;
    IdentityCommands *m_identities = nullptr;
    std::unique_ptr<QWidget> m_over;
    std::unique_ptr<AgentWizard> m_wizard;

    bool startServers()
    {
        QString problem = m_provider.start();
        m_gate.setEnvironment(QStringLiteral("ISSUER"), m_provider.url().toString());
        m_gate.setEnvironment(QStringLiteral("JWKS"), m_provider.url().toString() + QStringLiteral("/jwks"));
        problem += m_gate.start();
        if (!problem.isEmpty())
            qWarning("%s", qPrintable(problem));
        m_url = *m_demo.start();
        return problem.isEmpty();
    }
    void begin()
    {
        qputenv("AWS_ACCESS_KEY_ID", "AKIDGATE");
        qputenv("AWS_SECRET_ACCESS_KEY", "gate/secret+key");
        m_theme = std::make_unique<Theme>();
        m_notices = std::make_unique<AskedNotices>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_with = std::make_unique<CollaboratorsWith<TunedSecrets>>(m_folder->path(), m_url);
        m_workspace = &m_with->workspace;
        m_secrets = &m_with->secrets;
        m_workspace->start();
        m_over = std::make_unique<QWidget>();
        m_identities =
            new IdentityCommands(m_theme.get(), m_workspace->identities(), m_notices.get(), m_over.get());
        QVERIFY(QTest::qWaitFor([this] { return m_workspace->isReady(); }, longWait));
    }
    void end()
    {
        m_wizard.reset();
        m_over.reset();
        m_with.reset();
    }
};

} // namespace Parlance
