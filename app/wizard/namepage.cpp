// SPDX-License-Identifier: Apache-2.0
#include "wizard/namepage.h"

#include "chat/workspace.h"
#include "dialogs/colourpicker.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

NamePage::NamePage(const Theme *theme, Workspace *workspace)
    : WizardPage(tr("Name and colour"))
    , m_workspace(workspace)
    , m_name(new QLineEdit)
    , m_colour(new ColourPicker(theme))
    , m_isProduction(new QCheckBox(tr("This is a production agent")))
{
    const FormFields fields = FormFields::on(theme, this);
    m_name->setObjectName(u"name"_s);
    fields.addField(tr("Name"), m_name);
    m_colour->setObjectName(u"colour"_s);
    fields.addField(tr("Colour"), m_colour);
    m_isProduction->setObjectName(u"isProduction"_s);
    fields.column()->addWidget(m_isProduction);
    fields.addHelp(tr("A strip in its colour under the header reminds you."));
}

void NamePage::enter(const WizardDraft &draft)
{
    if (m_source == draft.source)
        return;
    m_source = draft.source;
    m_name->setText(suggested(draft.agent));
    m_name->selectAll();
    const auto count = int(m_workspace->agents()->agents().size());
    m_colour->setColour(draft.agent.colour > 0 ? draft.agent.colour : count % Theme::agentColourCount);
    m_isProduction->setChecked(draft.agent.isProduction);
}

// A name that no other agent has, of what is known: the source's own name, a runtime's, a host.
QString NamePage::suggested(const Agent &agent) const
{
    QString name = agent.name;
    if (const auto *runtime = std::get_if<RuntimeTarget>(&agent.target); runtime && name.isEmpty())
        name = runtime->arn.section(u'/', 1, 1).section(u'-', 0, 0);
    if (const auto *place = std::get_if<UrlTarget>(&agent.target); place && name.isEmpty())
        name = QUrl(place->url).host();
    const auto isTaken = [this](const QString &wanted) {
        return std::ranges::any_of(m_workspace->agents()->agents(), [&wanted](const Agent &known) {
            return known.name.compare(wanted, Qt::CaseInsensitive) == 0;
        });
    };
    QString free = name;
    for (int number = 2; !name.isEmpty() && isTaken(free); ++number)
        free = u"%1 %2"_s.arg(name).arg(number);
    return free;
}

QString NamePage::leave(WizardDraft &draft)
{
    draft.agent.name = m_name->text().trimmed();
    draft.agent.colour = m_colour->colour();
    draft.agent.isProduction = m_isProduction->isChecked();
    return draft.agent.name.isEmpty() ? tr("Give the agent a name.") : QString();
}

QWidget *NamePage::firstField() const
{
    return m_name;
}

QString NamePage::nextText() const
{
    return tr("Add agent");
}

} // namespace Parlance
