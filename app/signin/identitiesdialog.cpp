// SPDX-License-Identifier: Apache-2.0
#include "signin/identitiesdialog.h"

#include "dialogs/themedlabel.h"
#include "signin/identitiesmodel.h"
#include "signin/identitycommands.h"
#include "signin/identitywords.h"
#include "theme/metrics.h"
#include "window/rowlist.h"

#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {

IdentitiesDialog::IdentitiesDialog(const Theme *theme, IdentityBook *book, IdentityCommands *commands,
                                   QWidget *parent)
    : FormDialog(theme, tr("Identities"), tr("Who you are to your agents. Several agents may share one."),
                 parent)
    , m_book(book)
    , m_commands(commands)
    , m_rows(new IdentitiesModel(book, this))
    , m_list(new RowList(theme, m_rows, this))
    , m_buttons(new QWidget)
{
    setObjectName(u"identitiesDialog"_s);
    m_list->setObjectName(u"identities"_s);
    m_list->setAccessibleName(tr("Identities"));
    m_empty = addHelp(body(), tr("There are none yet."));
    body()->addWidget(m_list);
    m_details = addHelp(body());
    m_details->setObjectName(u"identityDetails"_s);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, theme->px(Metric::within), 0, 0);
    row->setSpacing(theme->px(Metric::within));
    m_add = addCommand(tr("Add…"), u"addIdentity"_s);
    m_edit = addCommand(tr("Edit…"), u"editIdentity"_s);
    m_remove = addCommand(tr("Remove…"), u"removeIdentity"_s);
    m_signIn = addCommand(tr("Sign in…"), u"signInIdentity"_s);
    m_check = addCommand(tr("Check"), u"checkIdentity"_s);
    row->addStretch();
    body()->addWidget(m_buttons);
    body()->addStretch();
    QPushButton *close = addDefaultButton(tr("Close"));
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_add, &QPushButton::clicked, this, [this] { m_commands->edit({}, this); });
    connect(m_edit, &QPushButton::clicked, this, [this] { m_commands->edit(current(), this); });
    connect(m_remove, &QPushButton::clicked, this, [this] { m_commands->remove(current(), this); });
    connect(m_check, &QPushButton::clicked, this, [this] { m_commands->check(current()); });
    connect(m_signIn, &QPushButton::clicked, this, [this] {
        if (IdentityCommands::isSignedIn(m_book->state(current())))
            m_commands->signOut(current());
        else
            m_commands->signIn(current(), this);
    });
    connect(m_list, &RowList::rowChosen, this, &IdentitiesDialog::refresh);
    connect(m_list, &RowList::rowOpened, this, [this] { m_commands->edit(current(), this); });
    connect(m_rows, &QAbstractItemModel::rowsInserted, this, &IdentitiesDialog::refresh);
    connect(m_rows, &QAbstractItemModel::rowsRemoved, this, &IdentitiesDialog::refresh);
    connect(m_rows, &QAbstractItemModel::dataChanged, this, &IdentitiesDialog::refresh);
    connect(m_commands, &IdentityCommands::said, this, &IdentitiesDialog::setFailure);
    if (m_rows->rowCount() > 0)
        m_list->choose(m_rows->at(0).id);
    refresh();
}

QPushButton *IdentitiesDialog::addCommand(const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    m_buttons->layout()->addWidget(button);
    return button;
}

IdentityId IdentitiesDialog::current() const
{
    return IdentityId(m_list->currentId());
}

void IdentitiesDialog::refresh()
{
    const bool isEmpty = m_rows->rowCount() == 0;
    m_empty->setVisible(isEmpty);
    m_list->setVisible(!isEmpty);
    const Identity *identity = m_book->find(current());
    for (QPushButton *button : {m_edit, m_remove, m_check})
        button->setEnabled(identity != nullptr);
    m_signIn->setEnabled(identity && IdentityWords::isPerson(*identity));
    const IdentityState state = identity ? m_book->state(identity->id) : IdentityState();
    m_signIn->setText(IdentityCommands::isSignedIn(state) ? tr("Sign out") : tr("Sign in…"));
    m_signIn->setAccessibleName(m_signIn->text());
    setHelp(m_details, identity ? IdentityWords::details(*identity, state).join(u'\n') : QString());
    fit();
}

} // namespace Parlance
