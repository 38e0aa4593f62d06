// SPDX-License-Identifier: Apache-2.0
#include "wizard/shapepage.h"

#include "chat/agui.h"
#include "chat/payloadtemplate.h"
#include "dialogs/formfields.h"
#include "dialogs/socketfields.h"
#include "dialogs/themedlabel.h"
#include "inspector/jsonprinter.h"
#include "theme/metrics.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Shape
{
    QString name;
    QString payload;
};

QList<Shape> shapes()
{
    return {
        {ShapePage::tr("Prompt"), u"{\"prompt\": ${prompt}}"_s},
        {ShapePage::tr("Prompt within input"), u"{\"input\": {\"prompt\": ${prompt}}}"_s},
        {ShapePage::tr("Prompt and session"), u"{\"prompt\": ${prompt}, \"runtimeSessionId\": ${session}}"_s},
        {ShapePage::tr("All messages"), u"{\"messages\": ${messages}}"_s},
        {ShapePage::tr("AG-UI (RunAgentInput)"), agUiTemplate()},
        {ShapePage::tr("Its own"), {}}};
}

constexpr int agUiIndex = 4;

} // namespace

ShapePage::ShapePage(const Theme *theme)
    : WizardPage(tr("Request shape"))
    , m_theme(theme)
    , m_socket(new SocketFields(theme))
    , m_shapeSection(new QWidget)
    , m_shape(new QComboBox)
{
    FormFields::on(theme, this).column()->addWidget(m_socket);
    const FormFields fields = FormFields::on(theme, m_shapeSection);
    m_shape->setObjectName(u"shape"_s);
    for (const Shape &shape : shapes())
        m_shape->addItem(shape.name);
    fields.addField(tr("Shape"), m_shape);
    m_template = makeCode(u"template"_s, 88);
    m_help = fields.addField(tr("Payload template"), m_template);
    m_help->setObjectName(u"templateHelp"_s);
    m_preview = makeCode(u"preview"_s, 112);
    m_preview->setReadOnly(true);
    fields.addField(tr("What “Hello” is sent as"), m_preview);
    layout()->addWidget(m_shapeSection);
    connect(m_socket, &SocketFields::changed, this, &ShapePage::followProtocol);
    connect(m_shape, &QComboBox::activated, this, &ShapePage::useShape);
    connect(m_template, &QPlainTextEdit::textChanged, this, &ShapePage::check);
}

QPlainTextEdit *ShapePage::makeCode(const QString &name, int height)
{
    auto *code = new QPlainTextEdit;
    code->setObjectName(name);
    code->setTabChangesFocus(true);
    const auto useTheme = [this, code, height] {
        code->setFont(m_theme->font(FontRole::Code));
        code->document()->setDocumentMargin(m_theme->px(Metric::within));
        code->setFixedHeight(m_theme->px(height));
    };
    useTheme();
    connect(m_theme, &Theme::changed, code, useTheme);
    return code;
}

void ShapePage::enter(const WizardDraft &draft)
{
    if (m_source == draft.source)
        return;
    m_source = draft.source;
    m_socket->load(draft.agent);
    const QString &own = draft.agent.payloadTemplate;
    m_usual = usual();
    m_template->setPlainText(own.isEmpty() ? m_usual : own);
    check();
}

QString ShapePage::usual() const
{
    return shapes().at(m_socket->protocol() == ServerProtocol::AgUi ? agUiIndex : 0).payload;
}

// Whoever wrote a template of their own keeps it.
void ShapePage::followProtocol()
{
    m_shapeSection->setVisible(m_socket->usesTemplate());
    const QString before = std::exchange(m_usual, usual());
    const QString written = m_template->toPlainText().trimmed();
    if (m_usual != before && (written == before || written.isEmpty()))
        m_template->setPlainText(m_usual);
    Q_EMIT changed();
}

void ShapePage::useShape(int index)
{
    const QString payload = shapes().at(index).payload;
    if (payload.isEmpty())
        m_template->setFocus(Qt::OtherFocusReason);
    else
        m_template->setPlainText(payload);
}

void ShapePage::check()
{
    const QString payload = m_template->toPlainText().trimmed();
    const QList<Shape> all = shapes();
    int index = int(all.size()) - 1;
    for (int i = 0; i < index; ++i) {
        if (all.at(i).payload == payload || (payload.isEmpty() && all.at(i).payload == usual()))
            index = i;
    }
    {
        const QSignalBlocker quiet(m_shape);
        m_shape->setCurrentIndex(index);
    }
    const Result<QByteArray> body =
        renderPayload(payload.isEmpty() ? usual() : payload,
                      {.prompt = tr("Hello"),
                       .session = RuntimeSessionId(u"00000000-0000-4000-8000-000000000000"_s),
                       .conversation = ConversationId(u"00000000-0000-4000-8000-000000000001"_s),
                       .messages = {{.role = Role::User, .content = tr("Hello")}}});
    m_help->setInk(body ? ColourRole::InkFaint : ColourRole::Caution);
    FormFields::setHelp(
        m_help,
        body ? tr("JSON. ${prompt}, ${session}, ${conversation}, ${messages}, ${attachments} and ${uuid} are "
                  "filled in for each message.")
             : body.error().message);
    const QString sent = body ? QString::fromUtf8(*body) : QString();
    m_preview->setPlainText(prettyJson(sent).value_or(sent));
    Q_EMIT changed();
}

QString ShapePage::leave(WizardDraft &draft)
{
    m_socket->store(draft.agent);
    if (!m_socket->usesTemplate())
        return {};
    const QString payload = m_template->toPlainText().trimmed();
    const Result<void> checked = checkPayloadTemplate(payload);
    if (!checked)
        return checked.error().message;
    // The usual shape is no template of its own.
    draft.agent.payloadTemplate = payload == usual() ? QString() : payload;
    return {};
}

QWidget *ShapePage::firstField() const
{
    return m_socket->usesTemplate() ? m_shape : m_socket->findChild<QComboBox *>(u"protocol"_s);
}

} // namespace Parlance
