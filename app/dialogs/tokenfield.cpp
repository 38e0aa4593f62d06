// SPDX-License-Identifier: Apache-2.0
#include "dialogs/tokenfield.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

TokenField::TokenField(const Theme *theme, QWidget *parent)
    : QWidget(parent)
    , m_keptRow(new QWidget)
    , m_keptText(new ThemedLabel(theme, FontRole::Small, ColourRole::Ink, tr("A token is kept.")))
    , m_replace(new QPushButton(tr("Replace")))
    , m_forget(new QPushButton(tr("Forget")))
    , m_field(new QLineEdit)
{
    m_keptText->setObjectName(u"tokenKept"_s);
    m_replace->setObjectName(u"tokenReplace"_s);
    m_replace->setAccessibleName(tr("Replace token"));
    m_replace->setAutoDefault(false);
    m_forget->setObjectName(u"tokenForget"_s);
    m_forget->setAccessibleName(tr("Forget token"));
    m_forget->setAutoDefault(false);
    m_field->setObjectName(u"token"_s);
    m_field->setAccessibleName(tr("Token"));
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setPlaceholderText(tr("Paste the token"));
    auto *row = new QHBoxLayout(m_keptRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme->px(Metric::within));
    row->addWidget(m_keptText, 1);
    row->addWidget(m_replace);
    row->addWidget(m_forget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme->px(Metric::step));
    column->addWidget(m_keptRow);
    column->addWidget(m_field);
    setFocusProxy(m_field);
    connect(m_replace, &QPushButton::clicked, this, [this] {
        m_isReplacing = true;
        update();
        m_field->setFocus();
    });
    connect(m_forget, &QPushButton::clicked, this, &TokenField::forgetRequested);
    connect(m_field, &QLineEdit::textEdited, this, &TokenField::edited);
    update();
}

void TokenField::setKept(bool isKept)
{
    m_isKept = isKept;
    m_isReplacing = false;
    update();
}

Secret TokenField::typed() const
{
    QString token = m_field->text().simplified();
    constexpr auto scheme = "bearer"_L1;
    const bool hasScheme = token.startsWith(scheme, Qt::CaseInsensitive)
        && (token.size() == scheme.size() || token[scheme.size()] == u' ');
    if (hasScheme)
        token = token.sliced(scheme.size()).trimmed();
    return token.isEmpty() ? Secret() : Secret(token.toUtf8());
}

void TokenField::clear()
{
    m_field->clear();
}

void TokenField::update()
{
    m_keptRow->setVisible(m_isKept && !m_isReplacing);
    m_field->setVisible(!m_isKept || m_isReplacing);
}

} // namespace Parlance
