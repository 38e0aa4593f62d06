// SPDX-License-Identifier: Apache-2.0
#include "window/qualifierpopup.h"

#include "theme/style.h"
#include "theme/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

QString defaultQualifierName()
{
    return u"DEFAULT"_s;
}

QualifierPopup::QualifierPopup(const Theme *theme, const QStringList &known, const QString &current,
                               QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_current(current)
    , m_field(new QLineEdit(this))
    , m_use(new QPushButton(tr("Start a session there"), this))
{
    setObjectName(u"qualifierPopup"_s);
    setAccessibleName(tr("Endpoint"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(this);
    const int margin = theme->px(16);
    column->setContentsMargins(margin, margin, margin, margin);
    column->setSpacing(theme->px(8));

    auto *title = new QLabel(tr("Endpoint"), this);
    title->setFont(theme->font(FontRole::SmallStrong));
    title->setBuddy(m_field);
    column->addWidget(title);
    for (const QString &name : known) {
        const QString shown = name.isEmpty() ? defaultQualifierName() : name;
        auto *button = new QPushButton(shown, this);
        button->setObjectName("qualifier-"_L1 + shown);
        button->setAccessibleName(shown);
        button->setCheckable(true);
        button->setChecked(name == current);
        setButtonKind(button, ButtonKind::Plain);
        connect(button, &QPushButton::clicked, this, [this, name] { choose(name); });
        column->addWidget(button);
    }
    m_field->setObjectName(u"qualifierField"_s);
    m_field->setAccessibleName(tr("Endpoint name"));
    m_field->setPlaceholderText(tr("Another endpoint"));
    m_field->setMinimumWidth(theme->px(240));
    column->addWidget(m_field);

    auto *note =
        new QLabel(tr("A session stays on the endpoint it began with, so this starts a new session."), this);
    note->setWordWrap(true);
    note->setFont(theme->font(FontRole::Small));
    QPalette quiet = note->palette();
    quiet.setColor(QPalette::WindowText, theme->colour(ColourRole::InkQuiet));
    note->setPalette(quiet);
    column->addWidget(note);
    m_use->setObjectName(u"qualifierUse"_s);
    setButtonKind(m_use, ButtonKind::Accent);
    column->addWidget(m_use, 0, Qt::AlignRight);

    connect(m_use, &QPushButton::clicked, this, [this] { choose(m_field->text()); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_use->isEnabled())
            choose(m_field->text());
    });
    connect(m_field, &QLineEdit::textChanged, this, &QualifierPopup::updateButton);
    updateButton();
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
