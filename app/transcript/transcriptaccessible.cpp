// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptaccessible.h"

#include "transcript/messageaccessible.h"
#include "transcript/transcriptview.h"

#include <QAccessibleWidget>

#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class ViewAccessible : public QAccessibleWidget
{
public:
    explicit ViewAccessible(TranscriptView *view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
    {
        view->setAccessibleHooks({
            .forget =
                [this](bool isFinal) {
                    forget();
                    if (isFinal)
                        m_view = nullptr;
                },
            .caretMoved =
                [this](const TextPosition &caret) {
                    auto *message = static_cast<MessageAccessible *>(child(caret.row));
                    QAccessibleTextCursorEvent event(message, message->cursorPosition());
                    QAccessible::updateAccessibility(&event);
                },
            .focusMoved =
                [this](const HotAddress &) {
                    QAccessibleEvent event(focusChild(), QAccessible::Focus);
                    QAccessible::updateAccessibility(&event);
                },
        });
    }
    ViewAccessible(const ViewAccessible &) = delete;
    ViewAccessible &operator=(const ViewAccessible &) = delete;
    ~ViewAccessible() override
    {
        if (m_view)
            m_view->setAccessibleHooks({});
        forget();
    }

    void forget()
    {
        const std::map<int, QAccessible::Id> rows = std::exchange(m_rows, {});
        for (const auto &[row, id] : rows)
            QAccessible::deleteAccessibleInterface(id);
    }
    int childCount() const override { return !m_view ? 0 : m_view->rows().count() + int(widgets().size()); }
    QAccessibleInterface *child(int index) const override
    {
        if (!m_view || index < 0)
            return nullptr;
        const int count = m_view->rows().count();
        if (index >= count) {
            const QList<QWidget *> others = widgets();
            return index - count < others.size()
                ? QAccessible::queryAccessibleInterface(others[index - count])
                : nullptr;
        }
        if (const auto found = m_rows.find(index); found != m_rows.end())
            return QAccessible::accessibleInterface(found->second);
        auto *made = new MessageAccessible(m_view, index);
        m_rows[index] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    QAccessibleInterface *focusChild() const override
    {
        if (!m_view || !m_view->hasFocus() || !m_view->hotAt(m_view->focusedHot()))
            return QAccessibleWidget::focusChild();
        return static_cast<MessageAccessible *>(child(m_view->focusedHot().row))
            ->childFor(m_view->focusedHot());
    }
    int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (const auto &[row, id] : m_rows) {
            if (QAccessible::accessibleInterface(id) == wanted)
                return row;
        }
        const QList<QWidget *> others = widgets();
        for (int i = 0; i < others.size(); ++i) {
            if (wanted && wanted->object() == others[i])
                return m_view->rows().count() + i;
        }
        return -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        if (!m_view)
            return nullptr;
        for (QWidget *widget : widgets()) {
            if (QRect(widget->mapToGlobal(QPoint()), widget->size()).contains(x, y))
                return QAccessible::queryAccessibleInterface(widget);
        }
        for (int row = 0; row < m_view->rows().count(); ++row) {
            const QPointF origin = m_view->rowOrigin(row);
            const QPoint point = m_view->viewport()->mapFromGlobal(QPoint(x, y));
            if (point.y() >= origin.y() && point.y() < origin.y() + m_view->rows().height(row))
                return child(row);
        }
        return nullptr;
    }

private:
    // The find bar, the button to the newest message and the voice; not the frame's own machinery.
    QList<QWidget *> widgets() const
    {
        QList<QWidget *> result;
        if (!m_view)
            return result;
        for (const QLatin1StringView name : {"findBar"_L1, "jumpToLatest"_L1, "announcer"_L1}) {
            auto *widget = m_view->findChild<QWidget *>(name, Qt::FindDirectChildrenOnly);
            if (widget && !widget->isHidden())
                result.append(widget);
        }
        return result;
    }

    TranscriptView *m_view;
    mutable std::map<int, QAccessible::Id> m_rows;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<TranscriptView *>(object);
    return view ? new ViewAccessible(view) : nullptr;
}

} // namespace

void installTranscriptAccessibility()
{
    // The factory is a plain function in a list: installing it anew replaces nothing.
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
}

} // namespace Parlance
