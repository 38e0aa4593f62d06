// SPDX-License-Identifier: Apache-2.0
#include "wizard/testpage.h"

#include "chat/connectioncheck.h"
#include "chat/errorcatalogue.h"
#include "chat/workspace.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/panel.h"
#include "wizard/checksteps.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

TestPage::TestPage(const Theme *theme, Workspace *workspace)
    : WizardPage(tr("Test the connection"))
    , m_theme(theme)
    , m_workspace(workspace)
    , m_question(new QWidget)
    , m_prompt(new QLineEdit(tr("Hello")))
    , m_toolsNote(new ThemedLabel(theme, FontRole::Body, ColourRole::Ink))
    , m_steps(new CheckSteps(theme))
    , m_fault(new Panel(theme, ColourRole::BadGround, Qt::TopEdge | Qt::BottomEdge))
    , m_title(new ThemedLabel(theme, FontRole::BodyStrong, ColourRole::Bad))
    , m_advice(new ThemedLabel(theme, FontRole::Body, ColourRole::Ink))
    , m_cures(new QHBoxLayout)
    , m_outcome(new ThemedLabel(theme, FontRole::Small, ColourRole::Good))
{
    const FormFields fields = FormFields::on(theme, this);
    m_prompt->setObjectName(u"testPrompt"_s);
    ThemedLabel *help = FormFields::on(theme, m_question).addField(tr("Ask the agent"), m_prompt);
    FormFields::setHelp(help, tr("The agent really is asked this, once, and let go at its first words."));
    fields.column()->addWidget(m_question);
    m_toolsNote->setObjectName(u"toolsNote"_s);
    m_toolsNote->setWordWrap(true);
    m_toolsNote->setText(tr("The server is asked for its tools. None is called."));
    m_toolsNote->hide();
    fields.column()->addWidget(m_toolsNote);
    fields.column()->addWidget(m_steps);
    m_steps->hide();
    fields.addGap();
    auto *card = new QVBoxLayout(m_fault);
    card->setContentsMargins(theme->px(Metric::inset), theme->px(Metric::inset), theme->px(Metric::inset),
                             theme->px(Metric::inset));
    m_title->setObjectName(u"faultTitle"_s);
    m_title->setWordWrap(true);
    m_advice->setObjectName(u"faultAdvice"_s);
    m_advice->setWordWrap(true);
    m_cures->setSpacing(theme->px(Metric::within));
    card->addWidget(m_title);
    card->addWidget(m_advice);
    card->addLayout(m_cures);
    fields.column()->addWidget(m_fault);
    m_fault->hide();
    m_outcome->setObjectName(u"testOutcome"_s);
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    fields.column()->addWidget(m_outcome);
}

TestPage::~TestPage() = default;

void TestPage::enter(const WizardDraft &draft)
{
    const bool isSame = m_draft.agent == draft.agent && m_draft.token == draft.token;
    m_draft = draft;
    m_question->setVisible(!isOfTools());
    m_toolsNote->setVisible(isOfTools());
    if (isSame)
        return;
    m_check.reset();
    m_steps->show({});
    clearFault();
    m_outcome->hide();
}

QString TestPage::leave(WizardDraft & /*draft*/)
{
    stop();
    return {};
}

bool TestPage::isRunning() const
{
    return m_check && !m_check->isFinished();
}

bool TestPage::isGood() const
{
    return m_check && m_check->isGood();
}

QWidget *TestPage::firstField() const
{
    return isOfTools() ? nullptr : m_prompt;
}

bool TestPage::isOfTools() const
{
    return protocolOf(m_draft.agent) == ServerProtocol::Mcp;
}

QString TestPage::nextText() const
{
    if (isRunning())
        return tr("Stop");
    if (!m_check)
        return tr("Test");
    return isGood() ? QString() : tr("Test again");
}

QString TestPage::skipText() const
{
    return isRunning() || isGood() ? QString() : tr("Skip the test");
}

bool TestPage::takesNext()
{
    if (isGood())
        return false;
    if (isRunning())
        stop();
    else
        test();
    return true;
}

void TestPage::test()
{
    clearFault();
    m_outcome->hide();
    m_check = m_workspace->connectionCheck(m_draft.token);
    connect(m_check.get(), &ConnectionCheck::rowChanged, this, [this] {
        m_steps->show(m_check->rows());
        Q_EMIT changed();
    });
    connect(m_check.get(), &ConnectionCheck::finished, this, &TestPage::onFinished);
    const QString prompt = m_prompt->text().trimmed();
    m_check->start(m_draft.agent, prompt.isEmpty() ? tr("Hello") : prompt);
    m_steps->show(m_check->rows());
    Q_EMIT changed();
}

void TestPage::stop()
{
    if (isRunning())
        m_check->stop();
}

void TestPage::onFinished()
{
    if (const std::optional<Error> fault = m_check->fault(); fault)
        showFault(*fault);
    m_outcome->setText(m_check->isGood() ? tr("The agent answers.") : tr("Stopped."));
    m_outcome->setInk(m_check->isGood() ? ColourRole::Good : ColourRole::InkFaint);
    m_outcome->setVisible(!m_check->fault());
    // Told to whoever does not see the steps come.
    const QString told = m_check->fault() ? m_title->text() : m_outcome->text();
    setAccessibleDescription(told);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    Q_EMIT changed();
    Q_EMIT shown(m_check->fault() ? m_advice : m_outcome);
}

void TestPage::showFault(const Error &fault)
{
    const ErrorWords words = errorWords(fault, &m_draft.agent);
    m_title->setText(words.title);
    m_advice->setText(m_check->mayFareBetter()
                          ? tr("%1 Parlance has learned from this refusal, so test again.").arg(words.advice)
                          : words.advice);
    for (const ErrorAction action : words.actions)
        addCure(action, fault.kind);
    m_cures->addStretch();
    m_fault->show();
}

void TestPage::addCure(ErrorAction action, ErrorKind kind)
{
    QString text;
    switch (action) {
    case ErrorAction::Retry:
    case ErrorAction::NewSession:
        return; // The button below does that.
    case ErrorAction::OpenLogs:
        return; // There is no session to look for yet.
    case ErrorAction::EditAgent:
        text = tr("Change the agent");
        break;
    case ErrorAction::SetToken:
        text = tr("Set token");
        break;
    case ErrorAction::SignIn:
        text = tr("Sign in…");
        break;
    case ErrorAction::ChooseIdentity:
        text = tr("Choose identity");
        break;
    }
    auto *button = new QPushButton(text);
    button->setObjectName(u"cure"_s);
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, this, [this, action, kind] { Q_EMIT cureAsked(action, kind); });
    m_cures->addWidget(button);
}

void TestPage::clearFault()
{
    while (QLayoutItem *item = m_cures->takeAt(0)) {
        if (QWidget *button = item->widget()) {
            button->hide();
            button->deleteLater();
        }
        delete item;
    }
    m_fault->hide();
}

} // namespace Parlance
