// SPDX-License-Identifier: Apache-2.0
#include "jsontree/jsontreedialog.h"

#include "jsontree/jsonitem.h"
#include "jsontree/jsontreemodel.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QScreen>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr int openedLevels = 1;

} // namespace

JsonTreeDialog::JsonTreeDialog(const Theme *theme, const QString &json, QWidget *parent)
    : QDialog(parent)
    , m_model(new JsonTreeModel(readJson(json.trimmed()).value_or(JsonItem()), this))
    , m_tree(new QTreeView(this))
{
    setObjectName(u"jsonTreeDialog"_s);
    setWindowTitle(tr("JSON"));
    m_tree->setObjectName(u"jsonTree"_s);
    m_tree->setAccessibleName(tr("JSON"));
    m_tree->setModel(m_model);
    m_tree->setFont(theme->font(FontRole::Code));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->header()->setFont(theme->font(FontRole::Small));
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_tree->expandToDepth(openedLevels);
    m_tree->setColumnWidth(0, theme->px(Metric::viewerWidth) / 3);
    addActions();
    auto *helper =
        new QLabel(tr("Ctrl+C copies the value, Ctrl+Shift+C the path. * unfolds all below."), this);
    helper->setFont(theme->font(FontRole::Small));
    helper->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_tree);
    layout->addWidget(helper);
    resize(QSize(theme->px(Metric::viewerWidth), theme->px(Metric::viewerHeight))
               .boundedTo(screen()->availableSize() * 0.9));
    m_tree->setCurrentIndex(m_model->index(0, 0));
    m_tree->setFocus();
}

void JsonTreeDialog::addActions()
{
    const auto add = [this](const QString &name, const QString &text, const QKeySequence &key, auto slot) {
        auto *action = new QAction(text, m_tree);
        action->setObjectName(name);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_tree->addAction(action);
    };
    add(u"copyValue"_s, tr("Copy value"), QKeySequence::Copy, &JsonTreeDialog::copyValue);
    add(u"copyPath"_s, tr("Copy path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        &JsonTreeDialog::copyPath);
}

void JsonTreeDialog::copyValue()
{
    QGuiApplication::clipboard()->setText(m_model->value(m_tree->currentIndex()));
}

void JsonTreeDialog::copyPath()
{
    QGuiApplication::clipboard()->setText(m_model->path(m_tree->currentIndex()));
}

} // namespace Parlance
