// SPDX-License-Identifier: Apache-2.0
#include "compare/comparedialog.h"

#include "chat/comparisonbook.h"
#include "chat/workspace.h"
#include "compare/columnchooser.h"
#include "dialogs/themedlabel.h"

#include <QCursor>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int mostEarlier = 12;

struct DialogWords
{
    QString title = {};
    QString explanation = {};
    QString button = {};
};

DialogWords wordsFor(CompareDialog::Purpose purpose)
{
    switch (purpose) {
    case CompareDialog::Purpose::Begin:
        break;
    case CompareDialog::Purpose::Add:
        return {.title = CompareDialog::tr("Add a column"),
                .explanation =
                    CompareDialog::tr("Everything that was said so far is asked there, too, in order."),
                .button = CompareDialog::tr("Add")};
    case CompareDialog::Purpose::Replay:
        return {.title = CompareDialog::tr("Replay"),
                .explanation = CompareDialog::tr(
                    "What was asked in this conversation is asked again, turn by turn, in a new session. The "
                    "conversation itself stays as it is."),
                .button = CompareDialog::tr("Replay")};
    }
    return {.title = CompareDialog::tr("Compare"),
            .explanation =
                CompareDialog::tr("The same words go to each column, each in a session of its own."),
            .button = CompareDialog::tr("Compare")};
}

} // namespace

CompareDialog::CompareDialog(const Theme *theme, Workspace *workspace, Purpose purpose,
                             const std::vector<ColumnChoice> &first, QWidget *parent)
    : FormDialog(theme, wordsFor(purpose).title, wordsFor(purpose).explanation, parent)
    , m_workspace(workspace)
    , m_fields(new QVBoxLayout)
    , m_mostChoosers(SideBySide::mostColumns - (purpose == Purpose::Replay ? 1 : 0))
{
    setObjectName(u"compareDialog"_s);
    setMinimumWidth(theme->px(Metric::dialogWidth));
    body()->addLayout(m_fields);
    for (const ColumnChoice &choice : first)
        addChooser(choice);
    if (purpose != Purpose::Add) {
        m_more = new QPushButton(tr("Another column"), this);
        m_more->setObjectName(u"anotherColumn"_s);
        m_more->setAutoDefault(false);
        connect(m_more, &QPushButton::clicked, this, [this] {
            addChooser(m_choosers.back()->choice());
            goTo(m_choosers.back());
            fit();
        });
        addGap(body());
        body()->addWidget(m_more, 0, Qt::AlignLeft);
        if (purpose == Purpose::Begin && !workspace->comparisons()->all().empty()) {
            QPushButton *earlier = addSideButton(tr("Earlier comparisons"));
            earlier->setObjectName(u"earlierComparisons"_s);
            connect(earlier, &QPushButton::clicked, this, &CompareDialog::offerEarlier);
        }
    }
    QPushButton *cancel = addButton(tr("Cancel"));
    cancel->setObjectName(u"cancel"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    QPushButton *begin = addDefaultButton(wordsFor(purpose).button);
    begin->setObjectName(u"beginComparison"_s);
    connect(begin, &QPushButton::clicked, this, &CompareDialog::take);
    fit();
}

void CompareDialog::addChooser(const ColumnChoice &choice)
{
    const int number = int(m_choosers.size()) + 1;
    auto *chooser = new ColumnChooser(theme(), m_workspace, number, this);
    chooser->choose(choice);
    addField(m_fields, tr("Column %1: agent and endpoint").arg(number), chooser);
    m_choosers.push_back(chooser);
    if (m_more)
        m_more->setVisible(number < m_mostChoosers);
}

void CompareDialog::offerEarlier()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"earlierMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    std::vector<Comparison> earlier = m_workspace->comparisons()->all();
    if (earlier.size() > mostEarlier)
        earlier.resize(mostEarlier);
    for (const Comparison &comparison : earlier) {
        QStringList names;
        for (const ConversationId &id : comparison.columns) {
            if (const Conversation *conversation = m_workspace->conversation(id))
                names.append(conversation->title);
        }
        const QString when = QLocale().toString(comparison.created.toLocalTime(), QLocale::ShortFormat);
        QString text = tr("%1 · %2 · %n column(s)", nullptr, int(names.size())).arg(comparison.title, when);
        menu->addAction(text.replace(u'&', u"&&"_s), this, [this, id = comparison.id] {
            Q_EMIT earlierChosen(id);
            accept();
        });
    }
    menu->popup(QCursor::pos());
}

void CompareDialog::take()
{
    std::vector<ColumnChoice> choices;
    for (const ColumnChooser *chooser : m_choosers) {
        const ColumnChoice choice = chooser->choice();
        if (choice.agent.isEmpty()) {
            setFailure(tr("There is no agent that can be asked in words."));
            return;
        }
        choices.push_back(choice);
    }
    Q_EMIT chosen(choices);
    accept();
}

} // namespace Parlance
