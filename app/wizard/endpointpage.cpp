// SPDX-License-Identifier: Apache-2.0
#include "wizard/endpointpage.h"

#include "chat/servedversions.h"
#include "chat/workspace.h"
#include "core/whendone.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString usual = u"DEFAULT"_s;

} // namespace

EndpointPage::EndpointPage(const Theme *theme, Workspace *workspace)
    : WizardPage(tr("Endpoint"))
    , m_workspace(workspace)
    , m_listPart(new QWidget)
    , m_list(new QListWidget)
    , m_typed(new QLineEdit)
{
    const FormFields fields = FormFields::on(theme, this);
    m_list->setObjectName(u"endpoints"_s);
    m_list->setTabKeyNavigation(false);
    const auto useTheme = [this, theme] { m_list->setFixedHeight(theme->px(Metric::endpointList)); };
    useTheme();
    connect(theme, &Theme::changed, m_list, useTheme);
    FormFields::on(theme, m_listPart).addField(tr("Endpoints"), m_list);
    fields.column()->addWidget(m_listPart);
    m_listPart->hide();
    m_typed->setObjectName(u"qualifier"_s);
    m_typed->setPlaceholderText(usual);
    m_note = fields.addField(tr("Endpoint name"), m_typed);
    m_note->setObjectName(u"endpointNote"_s);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            m_typed->setText(item->data(Qt::UserRole).toString());
    });
    connect(m_list, &QListWidget::itemDoubleClicked, this, &WizardPage::nextAsked);
    connect(m_typed, &QLineEdit::textEdited, this, &EndpointPage::selectTyped);
}

bool EndpointPage::isNeeded(const WizardDraft &draft) const
{
    return std::holds_alternative<RuntimeTarget>(draft.agent.target);
}

void EndpointPage::enter(const WizardDraft &draft)
{
    if (m_source != draft.source) {
        m_typed->setText(draft.agent.qualifier);
        m_list->clear();
        m_listPart->hide();
    }
    m_source = draft.source;
    if (m_list->count() > 0)
        return;
    FormFields::setHelp(m_note, tr("Looking for the endpoints…"));
    whenDone(m_workspace->servedVersions()->endpoints(draft.agent), this,
             [this, source = m_source](const Result<std::vector<RuntimeEndpoint>> &endpoints) {
                 if (source == m_source)
                     show(endpoints);
             });
}

void EndpointPage::show(const Result<std::vector<RuntimeEndpoint>> &endpoints)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    if (endpoints) {
        for (const RuntimeEndpoint &endpoint : *endpoints) {
            const QString text = endpoint.liveVersion.isEmpty()
                ? endpoint.name
                : tr("%1, version %2").arg(endpoint.name, endpoint.liveVersion);
            auto *item = new QListWidgetItem(text, m_list);
            item->setData(Qt::UserRole, endpoint.name);
        }
    }
    m_listPart->setVisible(m_list->count() > 0);
    FormFields::setHelp(
        m_note,
        m_list->count() > 0
            ? tr("Left empty it is DEFAULT, which serves the latest version.")
            : tr("Which endpoints there are could not be found out with the AWS keys there are. "
                 "Left empty it is DEFAULT."));
    selectTyped();
    Q_EMIT changed();
}

void EndpointPage::selectTyped()
{
    const QSignalBlocker quiet(m_list);
    const QString typed = m_typed->text().trimmed();
    m_list->setCurrentRow(-1);
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == (typed.isEmpty() ? usual : typed))
            m_list->setCurrentRow(row);
    }
}

QString EndpointPage::leave(WizardDraft &draft)
{
    const QString typed = m_typed->text().trimmed();
    const QString qualifier = typed == usual ? QString() : typed;
    // What was read of another endpoint's version says nothing of this one.
    if (qualifier != draft.agent.qualifier)
        draft.agent.facts.reset();
    draft.agent.qualifier = qualifier;
    return {};
}

QWidget *EndpointPage::firstField() const
{
    return m_typed;
}

} // namespace Parlance
