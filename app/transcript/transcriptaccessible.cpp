// SPDX-License-Identifier: Apache-2.0
#include "transcript/transcriptaccessible.h"

#include "transcript/transcriptview.h"

#include <QAccessibleWidget>

#include <map>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class ViewAccessible;

QRect toScreen(const TranscriptView *view, const QRectF &rect)
{
    return {view->viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
}

//! Something to press inside a message.
class HotAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    HotAccessible(TranscriptView *view, QAccessibleInterface *parent, HotAddress address)
        : m_view(view)
        , m_parent(parent)
        , m_address(address)
    {
    }
    bool isValid() const override { return m_view->hotAt(m_address) != nullptr; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view->window()->windowHandle(); }
    QAccessibleInterface *parent() const override { return m_parent; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override
    {
        const Hot *hot = kind == QAccessible::Name ? m_view->hotAt(m_address) : nullptr;
        return hot ? hot->label : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override { return toScreen(m_view, m_view->hotRect(m_address)); }
    QAccessible::Role role() const override
    {
        const Hot *hot = m_view->hotAt(m_address);
        return hot && hot->action == Hot::Action::Link ? QAccessible::Link : QAccessible::Button;
    }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        return state;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString &name) override
    {
        if (name == pressAction())
            m_view->activate(m_address);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    TranscriptView *m_view;
    QAccessibleInterface *m_parent;
    HotAddress m_address;
};

class MessageAccessible : public QAccessibleInterface
{
public:
    MessageAccessible(TranscriptView *view, int row)
        : m_view(view)
        , m_row(row)
    {
    }
    ~MessageAccessible() override
    {
        for (const auto &[address, id] : m_hots)
            QAccessible::deleteAccessibleInterface(id);
    }
    bool isValid() const override { return m_row < m_view->rows().count(); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view->window()->windowHandle(); }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int index) const override
    {
        if (!isValid())
            return nullptr;
        const std::vector<HotAddress> hots = m_view->hotsOf(m_row);
        if (index < 0 || index >= int(hots.size()))
            return nullptr;
        const auto found = m_hots.find(hots[size_t(index)]);
        if (found != m_hots.end())
            return QAccessible::accessibleInterface(found->second);
        auto *self = const_cast<MessageAccessible *>(this);
        auto *made = new HotAccessible(m_view, self, hots[size_t(index)]);
        m_hots[hots[size_t(index)]] = QAccessible::registerAccessibleInterface(made);
        return made;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (QAccessibleInterface *one = child(i); one && one->rect().contains(x, y))
                return one;
        }
        return nullptr;
    }
    int childCount() const override { return isValid() ? int(m_view->hotsOf(m_row).size()) : 0; }
    int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == wanted)
                return i;
        }
        return -1;
    }
    QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || (kind != QAccessible::Name && kind != QAccessible::Value))
            return {};
        QString words = m_view->rowText(m_row);
        if (kind == QAccessible::Value)
            return words;
        const bool isUser = m_view->rows().messages()->at(m_row).role == Role::User;
        return (isUser ? TranscriptView::tr("You: %1") : TranscriptView::tr("Agent: %1")).arg(words);
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override
    {
        if (!isValid())
            return {};
        return toScreen(
            m_view,
            QRectF(m_view->rowOrigin(m_row), QSizeF(m_view->rows().width(), m_view->rows().height(m_row))));
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        state.multiLine = true;
        if (!rect().intersects(QRect(m_view->viewport()->mapToGlobal(QPoint()), m_view->viewport()->size())))
            state.offscreen = true;
        return state;
    }

private:
    TranscriptView *m_view;
    int m_row;
    mutable std::map<HotAddress, QAccessible::Id> m_hots;
};

class ViewAccessible : public QAccessibleWidget
{
public:
    explicit ViewAccessible(TranscriptView *view)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
    {
        view->setForgetter([this](bool isFinal) {
            forget();
            if (isFinal)
                m_view = nullptr;
        });
    }
    ~ViewAccessible() override
    {
        if (m_view)
            m_view->setForgetter({});
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
