// SPDX-License-Identifier: Apache-2.0
#include "window/sidebar.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "window/actions.h"
#include "window/agentsmodel.h"
#include "window/conversationsmodel.h"
#include "window/rowlist.h"
#include "window/searchbutton.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

Sidebar::Sidebar(const Theme *theme, Actions *actions, AgentsModel *agents, ConversationsModel *conversations,
                 QWidget *parent)
    : Panel(theme, ColourRole::Pane, {}, parent)
    , m_search(
          new SearchButton(theme, actions->switcher->shortcut().toString(QKeySequence::NativeText), this))
    , m_agentsHeading(heading(tr("Agents"), tr("New agent"), actions->newAgent))
    , m_conversationsHeading(heading(tr("Conversations"), tr("New conversation"), actions->newConversation))
    , m_agents(new RowList(theme, agents, this))
    , m_conversations(new RowList(theme, conversations, this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"sidebar"_s);
    m_agents->setObjectName(u"agents"_s);
    m_agents->setAccessibleName(tr("Agents"));
    m_agents->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_conversations->setObjectName(u"conversations"_s);
    m_conversations->setAccessibleName(tr("Conversations"));
    m_conversations->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    connect(m_search, &QPushButton::clicked, actions->switcher, &QAction::trigger);

    m_agents->addActions({actions->editAgent, actions->setToken, actions->deleteAgent});
    m_conversations->addActions({actions->renameConversation, actions->markUnread, actions->newSession,
                                 actions->copySession, actions->copyConversation, actions->exportConversation,
                                 actions->exportEvidence, actions->moveConversation,
                                 actions->deleteConversation});

    auto *searchRow = new QHBoxLayout;
    searchRow->addWidget(m_search);
    m_column->addLayout(searchRow);
    m_column->addWidget(m_agentsHeading.row);
    m_column->addWidget(m_agents);
    m_column->addWidget(m_conversationsHeading.row);
    m_column->addWidget(m_conversations, 1);
    // As they stand below each other: a list comes after the button of its heading.
    setTabOrder(m_search, m_agentsHeading.add);
    setTabOrder(m_agentsHeading.add, m_agents);
    setTabOrder(m_agents, m_conversationsHeading.add);
    setTabOrder(m_conversationsHeading.add, m_conversations);
    restyle();
    connect(theme, &Theme::changed, this, &Sidebar::restyle);
}

Sidebar::Heading Sidebar::heading(const QString &text, const QString &addName, QAction *action)
{
    Heading heading{.row = new QWidget(this), .label = nullptr, .add = nullptr};
    heading.label = new QLabel(text.toUpper(), heading.row);
    heading.label->setAccessibleName(tr("%1, heading").arg(text));
    heading.add = new QToolButton(heading.row);
    heading.add->setObjectName("add-"_L1 + action->objectName());
    heading.add->setAccessibleName(addName);
    heading.add->setToolTip(addName + u" ("_s + action->shortcut().toString(QKeySequence::NativeText)
                            + u")"_s);
    heading.add->setAutoRaise(true);
    heading.add->setFocusPolicy(Qt::TabFocus);
    connect(heading.add, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, heading.add,
            [add = heading.add, action] { add->setEnabled(action->isEnabled()); });
    auto *row = new QHBoxLayout(heading.row);
    row->addWidget(heading.label, 1);
    row->addWidget(heading.add);
    return heading;
}

void Sidebar::restyle()
{
    const Theme &theme = *m_theme;
    m_column->setContentsMargins(0, theme.px(Metric::inset), 0, theme.px(Metric::within));
    m_column->setSpacing(0);
    m_search->setFixedHeight(theme.px(Metric::control));
    for (const Heading &heading : {m_agentsHeading, m_conversationsHeading}) {
        QFont font = theme.font(FontRole::Label);
        font.setPixelSize(theme.px(Metric::paneLabel));
        font.setLetterSpacing(QFont::AbsoluteSpacing, theme.px(Metric::hairline) * 0.6);
        heading.label->setFont(font);
        QPalette palette = heading.label->palette();
        palette.setColor(QPalette::WindowText, theme.colour(ColourRole::InkFaint));
        heading.label->setPalette(palette);
        heading.add->setIcon(icon(IconName::Plus, theme, ColourRole::InkQuiet));
        heading.add->setFixedSize(theme.px(Metric::tinyControl), theme.px(Metric::tinyControl));
        heading.row->layout()->setContentsMargins(theme.px(Metric::apart), theme.px(Metric::between),
                                                  theme.px(Metric::inset), theme.px(Metric::step));
        heading.row->layout()->setSpacing(0);
    }
    m_column->itemAt(0)->layout()->setContentsMargins(theme.px(Metric::inset), 0, theme.px(Metric::inset), 0);
}

} // namespace Parlance
