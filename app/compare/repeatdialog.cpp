// SPDX-License-Identifier: Apache-2.0
#include "compare/repeatdialog.h"

#include "dialogs/themedlabel.h"
#include "theme/metrics.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int likelyTimes = 5;

} // namespace

RepeatDialog::RepeatDialog(const Theme *theme, const QString &prompt, int columns, QWidget *parent)
    : FormDialog(theme, tr("Repeat"),
                 tr("The same words go to each endpoint again and again, each time in a new session."),
                 parent)
    , m_askedColumns(columns)
    , m_prompt(new QPlainTextEdit(prompt, this))
    , m_times(new QSpinBox(this))
{
    setObjectName(u"repeatDialog"_s);
    setMinimumWidth(theme->px(Metric::dialogWidth));
    m_prompt->setObjectName(u"repeatedWords"_s);
    m_prompt->setTabChangesFocus(true);
    m_prompt->setFixedHeight(theme->px(Metric::control) * 3);
    m_times->setObjectName(u"repeatTimes"_s);
    m_times->setRange(2, mostTimes);
    m_times->setValue(likelyTimes);
    addField(body(), tr("Words"), m_prompt);
    m_estimate = addField(body(), tr("How often"), m_times);
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_begin = addDefaultButton(tr("Repeat"));
    m_begin->setObjectName(u"beginRepeating"_s);
    connect(m_begin, &QPushButton::clicked, this, &RepeatDialog::take);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, &RepeatDialog::refresh);
    connect(m_times, &QSpinBox::valueChanged, this, &RepeatDialog::refresh);
    refresh();
    fit();
}

void RepeatDialog::refresh()
{
    setHelp(m_estimate, tr("%n question(s) in all", nullptr, m_times->value() * m_askedColumns));
    m_begin->setEnabled(!m_prompt->toPlainText().trimmed().isEmpty());
}

void RepeatDialog::take()
{
    Q_EMIT chosen(m_prompt->toPlainText().trimmed(), m_times->value());
    accept();
}

} // namespace Parlance
