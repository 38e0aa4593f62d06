// SPDX-License-Identifier: Apache-2.0
#include "forms/requestform.h"

#include "chat/titles.h"
#include "dialogs/elidinglabel.h"
#include "dialogs/themedlabel.h"
#include "forms/schemaform.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The member that takes the arguments of a call as a person has changed them.
constexpr QLatin1StringView editedArguments = "editedArgs"_L1;

SchemaField freeWords(const QString &title)
{
    return {.title = title, .kind = FieldKind::LongText, .isRequired = true};
}

QJsonObject objectOf(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

} // namespace

RequestForm::RequestForm(const Theme *theme, InputRequest request, About about, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_request(std::move(request))
    , m_about(std::move(about))
    , m_shape(answerShape(m_request))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QString(u"request-"_s % m_request.id));
    // The composer answers what is asked alone; beside others it needs a field of its own.
    if (m_shape.isWords && !m_about.isAlone)
        m_shape = {.form = freeWords(tr("Answer"))};
    m_column->setContentsMargins(0, 0, 0, 0);
    addHead();
    if (!m_about.isExpired) {
        if (m_shape.form) {
            m_form = new SchemaForm(theme, *m_shape.form, this);
            m_column->addWidget(m_form);
            connect(m_form, &FieldEditor::changed, this, &RequestForm::changed);
            prefill();
        }
        if (!m_shape.buttons.empty())
            addButtons();
        if (m_shape.isWords) {
            auto *hint = new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet,
                                         tr("Write the answer as a message below."), this);
            hint->setWordWrap(true);
            m_column->addWidget(hint);
        }
    }
    connect(theme, &Theme::changed, this, &RequestForm::restyle);
    restyle();
    setDraft(m_request.draft);
}

void RequestForm::addHead()
{
    const QString message = m_request.message.toString().trimmed();
    // The page shows it as it is meant.
    const QString words = plainFirstLine(message);
    auto *asked = new ElidingLabel(words.isEmpty() ? tr("The agent asks for an answer") : words, this);
    asked->setObjectName(u"requestMessage"_s);
    asked->setTextFormat(Qt::PlainText);
    asked->setFont(m_theme->font(FontRole::BodyStrong));
    connect(m_theme, &Theme::changed, asked,
            [this, asked] { asked->setFont(m_theme->font(FontRole::BodyStrong)); });
    asked->setAccessibleName(message.isEmpty() ? asked->text() : message);
    m_column->addWidget(asked);
    QStringList facts;
    if (!m_about.toolName.isEmpty())
        facts.append(tr("About the tool call %1").arg(m_about.toolName));
    if (m_request.expires.isValid()) {
        const QString until = QLocale().toString(m_request.expires.toLocalTime(), QLocale::ShortFormat);
        facts.append(m_about.isExpired ? tr("Too late: it could be answered until %1").arg(until)
                                       : tr("To be answered until %1").arg(until));
    }
    if (facts.isEmpty())
        return;
    auto *line = new ThemedLabel(m_theme, FontRole::Small,
                                 m_about.isExpired ? ColourRole::Caution : ColourRole::InkFaint,
                                 facts.join(u" · "_s), this);
    line->setObjectName(u"requestFacts"_s);
    line->setWordWrap(true);
    m_column->addWidget(line);
}

void RequestForm::addButtons()
{
    m_buttonRow = new QHBoxLayout;
    for (const AnswerButton &button : m_shape.buttons) {
        auto *widget = new QPushButton(button.words, this);
        const int index = int(m_buttons.size());
        widget->setObjectName(QString(u"answer-"_s % QString::number(index + 1)));
        widget->setAccessibleName(button.words);
        widget->setToolTip(m_about.isAlone ? tr("Answer “%1”, and the agent goes on").arg(button.words)
                                           : tr("Choose “%1” as the answer").arg(button.words));
        widget->setAutoDefault(false);
        widget->setCheckable(!m_about.isAlone);
        widget->setAutoExclusive(!m_about.isAlone);
        if (m_about.isAlone && index == 0)
            setButtonKind(widget, ButtonKind::Accent);
        connect(widget, &QPushButton::clicked, this, [this, index] {
            m_chosen = index;
            if (m_problem)
                m_problem->hide();
            Q_EMIT changed();
            if (m_about.isAlone)
                Q_EMIT decided();
        });
        m_buttonRow->addWidget(widget);
        m_buttons.push_back(widget);
    }
    m_buttonRow->addStretch();
    m_column->addLayout(m_buttonRow);
    m_problem = new ThemedLabel(m_theme, FontRole::Small, ColourRole::Bad, tr("Choose an answer."), this);
    m_problem->setObjectName(u"choiceProblem"_s);
    m_problem->hide();
    m_column->addWidget(m_problem);
}

// What may be changed stands there as it was proposed.
void RequestForm::prefill()
{
    const QJsonObject proposed = objectOf(m_about.toolArguments);
    if (m_shape.member.isEmpty() || proposed.isEmpty())
        return;
    m_form->setValue(QJsonObject{{editedArguments, proposed}});
    m_proposed = m_form->value().toObject().value(editedArguments);
}

void RequestForm::restyle()
{
    m_column->setSpacing(m_theme->px(Metric::within));
    if (m_buttonRow)
        m_buttonRow->setSpacing(m_theme->px(Metric::within));
}

bool RequestForm::needsSendButton() const
{
    return !m_about.isExpired && !(m_about.isAlone && (m_shape.isWords || !m_buttons.empty()));
}

QWidget *RequestForm::target() const
{
    return m_form ? m_form->target() : m_buttons.empty() ? nullptr : m_buttons.front();
}

QWidget *RequestForm::check()
{
    if (m_about.isExpired)
        return nullptr;
    QWidget *wrong = m_form ? m_form->check() : nullptr;
    const bool isUndecided = !m_buttons.empty() && m_chosen < 0;
    if (m_problem)
        m_problem->setVisible(isUndecided);
    return wrong || !isUndecided ? wrong : m_buttons.front();
}

// The arguments as they were proposed are no change of them.
QJsonValue RequestForm::formValue() const
{
    if (!m_form)
        return QJsonValue(QJsonValue::Undefined);
    QJsonValue value = m_form->value();
    if (!m_proposed.isUndefined() && value.toObject().value(editedArguments) == m_proposed) {
        QJsonObject rest = value.toObject();
        rest.remove(editedArguments);
        value = rest;
    }
    return value;
}

InputAnswer RequestForm::answer() const
{
    QJsonValue value = formValue();
    if (m_chosen >= 0)
        value = answerOf(m_shape, m_shape.buttons[size_t(m_chosen)], value);
    QByteArray json = value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                                      : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    if (!value.isArray() && !value.isObject()) {
        json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        json = json.mid(1, json.size() - 2);
    }
    return {.requestId = m_request.id, .json = QString::fromUtf8(json)};
}

QString RequestForm::words() const
{
    QString choice = m_chosen >= 0 ? m_shape.buttons[size_t(m_chosen)].words : QString();
    const QJsonValue value = formValue();
    const bool saysMore = m_form && !value.isUndefined() && !(value.isObject() && value.toObject().isEmpty());
    if (!saysMore)
        return choice;
    const QString more = answerWords(*m_shape.form, value);
    return choice.isEmpty() ? more : QString(choice % u"\n\n"_s % more);
}

QString RequestForm::draft() const
{
    QJsonObject draft;
    if (m_form)
        draft.insert("form"_L1, m_form->draft());
    if (m_chosen >= 0 && !m_about.isAlone)
        draft.insert("choice"_L1, m_chosen);
    return draft.isEmpty() ? QString()
                           : QString::fromUtf8(QJsonDocument(draft).toJson(QJsonDocument::Compact));
}

void RequestForm::setDraft(const QString &json)
{
    const QJsonObject draft = objectOf(json);
    if (m_form && draft.contains("form"_L1))
        m_form->setDraft(draft.value("form"_L1));
    const int chosen = draft.value("choice"_L1).toInt(-1);
    if (chosen >= 0 && size_t(chosen) < m_buttons.size() && !m_about.isAlone) {
        m_chosen = chosen;
        m_buttons[size_t(chosen)]->setChecked(true);
    }
}

} // namespace Parlance
