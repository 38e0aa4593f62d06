// SPDX-License-Identifier: Apache-2.0
#include "dialogs/targetfields.h"

#include "chat/agentbook.h"
#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

//! More than a person types between two looks: the text was pasted.
constexpr int pastedLength = 8;

} // namespace

TargetFields::TargetFields(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_isUrl(new QRadioButton(tr("Local or URL")))
    , m_isArn(new QRadioButton(tr("Deployed runtime (ARN)")))
    , m_label(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet))
    , m_address(new QLineEdit)
    , m_allowsHttp(new QCheckBox(tr("Allow plain http to another machine")))
    , m_qualifier(new QLineEdit)
{
    const FormFields fields = FormFields::on(theme, this);
    auto *kinds = new QWidget;
    const FormFields rows = FormFields::on(theme, kinds, Metric::snug);
    m_isUrl->setObjectName(u"kindUrl"_s);
    m_isArn->setObjectName(u"kindArn"_s);
    rows.column()->addWidget(m_isUrl);
    rows.column()->addWidget(m_isArn);
    fields.addField(tr("Kind"), kinds);

    m_address->setObjectName(u"target"_s);
    m_label->setBuddy(m_address);
    fields.column()->addWidget(m_label);
    fields.column()->addWidget(m_address);
    m_help = fields.addHelp();
    m_help->setObjectName(u"targetHelp"_s);
    m_help->setInk(ColourRole::Caution);
    m_allowsHttp->setObjectName(u"allowsHttp"_s);
    m_allowsHttp->setToolTip(
        tr("Anyone between you and that machine can read the conversation and the token"));
    fields.column()->addWidget(m_allowsHttp);
    fields.addGap();

    m_qualifier->setObjectName(u"qualifier"_s);
    m_qualifier->setPlaceholderText(u"DEFAULT"_s);
    m_qualifierHelp = fields.addField(tr("Qualifier"), m_qualifier);
    m_qualifierHelp->setObjectName(u"qualifierHelp"_s);

    connect(m_isArn, &QRadioButton::toggled, this, [this] {
        showKind();
        check();
        Q_EMIT kindChanged();
    });
    connect(m_address, &QLineEdit::textChanged, this, &TargetFields::onAddressEdited);
    connect(m_address, &QLineEdit::editingFinished, this, &TargetFields::splitEndpointArn);
    connect(m_allowsHttp, &QCheckBox::toggled, this, &TargetFields::check);
    connect(m_qualifier, &QLineEdit::textEdited, this, [this] { FormFields::setHelp(m_qualifierHelp, {}); });
}

void TargetFields::load(const Agent &agent)
{
    const auto *runtime = std::get_if<RuntimeTarget>(&agent.target);
    const auto *url = std::get_if<UrlTarget>(&agent.target);
    {
        // What is kept was not pasted.
        const QSignalBlocker quiet(m_address);
        m_address->setText(runtime ? runtime->arn : url ? url->url : QString());
        m_address->setCursorPosition(0);
    }
    m_length = m_address->text().size();
    (runtime ? m_isArn : m_isUrl)->setChecked(true);
    m_qualifier->setText(agent.qualifier);
    m_allowsHttp->setChecked(agent.allowsPlainHttp);
    showKind();
    check();
}

bool TargetFields::isRuntime() const
{
    return m_isArn->isChecked();
}

QString TargetFields::qualifier() const
{
    return m_qualifier->text().trimmed();
}

bool TargetFields::allowsPlainHttp() const
{
    return m_allowsHttp->isChecked();
}

AgentTarget TargetFields::target() const
{
    const QString typed = m_address->text().trimmed();
    if (isRuntime())
        return RuntimeTarget{typed, {}};
    return UrlTarget{typed};
}

void TargetFields::onAddressEdited(const QString &text)
{
    const bool isPaste = text.size() - m_length >= pastedLength;
    m_length = text.size();
    const QString typed = text.trimmed();
    if (typed.startsWith("arn:"_L1))
        m_isArn->setChecked(true);
    else if (typed.startsWith("http:"_L1) || typed.startsWith("https:"_L1))
        m_isUrl->setChecked(true);
    check();
    if (isPaste)
        splitEndpointArn();
}

void TargetFields::splitEndpointArn()
{
    if (!isRuntime())
        return;
    const Result<Agent> split =
        AgentBook::checked({.name = u"-"_s, .target = target(), .allowsPlainHttp = true});
    const auto *runtime = split ? std::get_if<RuntimeTarget>(&split->target) : nullptr;
    if (!runtime || split->qualifier.isEmpty() || runtime->arn == m_address->text().trimmed())
        return;
    const QString qualifier = split->qualifier;
    m_address->setText(runtime->arn);
    m_qualifier->setText(qualifier);
    FormFields::setHelp(m_qualifierHelp,
                        tr("That was the ARN of an endpoint: its runtime and its qualifier are filled in."));
    Q_EMIT edited();
}

void TargetFields::check()
{
    const Result<Agent> result =
        AgentBook::checked({.name = u"-"_s, .target = target(), .allowsPlainHttp = allowsPlainHttp()});
    const bool isInsecure = !result && result.error().kind == ErrorKind::InsecureHttp;
    m_allowsHttp->setVisible(isInsecure || m_allowsHttp->isChecked());
    const bool isFine = result.has_value() || m_address->text().trimmed().isEmpty();
    FormFields::setHelp(m_help, isFine ? QString() : result.error().message);
    Q_EMIT edited();
}

QLineEdit *TargetFields::refuse()
{
    FormFields::setHelp(m_help, {});
    return m_address;
}

void TargetFields::showKind()
{
    const QString label = isRuntime() ? tr("Runtime ARN") : tr("URL");
    m_label->setText(label);
    m_address->setAccessibleName(label);
    m_address->setPlaceholderText(isRuntime() ? u"arn:aws:bedrock-agentcore:…:runtime/…"_s
                                              : u"http://localhost:8080"_s);
}

} // namespace Parlance
