// SPDX-License-Identifier: Apache-2.0
#include "window/qualifierpopup.h"

#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

QString defaultQualifierName()
{
    return u"DEFAULT"_s;
}

QualifierPopup::QualifierPopup(const Theme *theme, const QStringList &known, const QString &current,
                               QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_known(known)
    , m_current(current)
    , m_choices(new QVBoxLayout)
    , m_note(new QLabel(this))
    , m_field(new QLineEdit(this))
    , m_use(new QPushButton(tr("Start a session there"), this))
{
    setObjectName(u"qualifierPopup"_s);
    setAccessibleName(tr("Endpoint"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(this);
    const int margin = theme->px(Metric::between);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(theme->px(Metric::within));

    auto *title = new QLabel(tr("Endpoint"), this);
    title->setFont(theme->font(FontRole::SmallStrong));
    title->setBuddy(m_field);
    column->addWidget(title);
    m_choices->setSpacing(theme->px(Metric::within));
    column->addLayout(m_choices);
    m_field->setObjectName(u"qualifierField"_s);
    m_field->setAccessibleName(tr("Endpoint name"));
    m_field->setPlaceholderText(tr("Another endpoint"));
    m_field->setMinimumWidth(theme->px(Metric::qualifierField));
    column->addWidget(m_field);

    auto *note =
        new QLabel(tr("A session stays on the endpoint it began with, so this starts a new session."), this);
    note->setWordWrap(true);
    note->setFont(theme->font(FontRole::Small));
    QPalette quiet = note->palette();
    quiet.setColor(QPalette::WindowText, theme->colour(ColourRole::InkQuiet));
    note->setPalette(quiet);
    column->addWidget(note);
    m_note->setObjectName(u"qualifierNote"_s);
    m_note->setWordWrap(true);
    m_note->setFont(theme->font(FontRole::Small));
    m_note->setPalette(quiet);
    m_note->hide();
    column->addWidget(m_note);
    m_use->setObjectName(u"qualifierUse"_s);
    setButtonKind(m_use, ButtonKind::Accent);
    column->addWidget(m_use, 0, Qt::AlignRight);

    connect(m_use, &QPushButton::clicked, this, [this] { choose(m_field->text()); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_use->isEnabled())
            choose(m_field->text());
    });
    connect(m_field, &QLineEdit::textChanged, this, &QualifierPopup::updateButton);
    connect(m_field, &QLineEdit::textChanged, this, &QualifierPopup::fill);
    updateButton();
    fill();
}

void QualifierPopup::setEndpoints(const std::vector<RuntimeEndpoint> &endpoints)
{
    m_endpoints = endpoints;
    fill();
}

void QualifierPopup::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
    adjustSize();
}

void QualifierPopup::fill()
{
    while (QLayoutItem *item = m_choices->takeAt(0)) {
        item->widget()->deleteLater();
        item->widget()->hide();
        delete item;
    }
    QStringList names = m_known;
    for (const RuntimeEndpoint &endpoint : m_endpoints) {
        const bool isDefault = endpoint.name == defaultQualifierName();
        if (!names.contains(isDefault ? QString() : endpoint.name))
            names.append(endpoint.name);
    }
    const QString typed = m_field->text().trimmed();
    int shown = 0;
    for (const QString &name : names) {
        const QString word = name.isEmpty() ? defaultQualifierName() : name;
        // As few as fit on any screen: who has more types a part of the name.
        if (shown < 8 && (m_endpoints.empty() || word.contains(typed, Qt::CaseInsensitive))) {
            addChoice(name, versionText(word));
            ++shown;
        }
    }
    adjustSize();
}

QString QualifierPopup::versionText(const QString &name) const
{
    const auto found = std::ranges::find(m_endpoints, name, &RuntimeEndpoint::name);
    if (found == m_endpoints.end() || found->liveVersion.isEmpty())
        return {};
    if (found->targetVersion.isEmpty() || found->targetVersion == found->liveVersion)
        return tr("version %1").arg(found->liveVersion);
    return tr("version %1, soon %2").arg(found->liveVersion, found->targetVersion);
}

void QualifierPopup::addChoice(const QString &name, const QString &version)
{
    const QString word = name.isEmpty() ? defaultQualifierName() : name;
    const QString shown = version.isEmpty() ? word : QString(word % u" · " % version);
    auto *button = new QPushButton(QString(shown).replace(u'&', u"&&"_s), this);
    button->setObjectName("qualifier-"_L1 + word);
    button->setAccessibleName(word);
    button->setAccessibleDescription(version);
    button->setCheckable(true);
    button->setChecked(name == m_current);
    setButtonKind(button, ButtonKind::Plain);
    connect(button, &QPushButton::clicked, this, [this, name] { choose(name); });
    m_choices->addWidget(button);
    button->show();
}

void QualifierPopup::openAt(const QPoint &corner)
{
    adjustSize();
    move(corner);
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

void QualifierPopup::choose(const QString &typed)
{
    QString qualifier = typed.trimmed();
    if (qualifier == defaultQualifierName())
        qualifier.clear();
    if (qualifier != m_current)
        Q_EMIT qualifierChosen(qualifier);
    close();
}

void QualifierPopup::updateButton()
{
    m_use->setEnabled(!m_field->text().trimmed().isEmpty());
}

} // namespace Parlance
