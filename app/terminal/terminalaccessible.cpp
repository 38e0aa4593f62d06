// SPDX-License-Identifier: Apache-2.0
#include "terminal/terminalaccessible.h"

#include "terminal/terminalview.h"

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace Parlance {
namespace {

//! A program that scrolls past is told of a few times a second, not line by line.
constexpr auto tellEvery = 200ms;

QAccessibleInterface *makeInterface(const QString & /*key*/, QObject *object)
{
    auto *view = qobject_cast<TerminalView *>(object);
    return view ? new TerminalAccessible(view) : nullptr;
}

} // namespace

TerminalAccessible::TerminalAccessible(TerminalView *view)
    : QAccessibleWidget(view, QAccessible::Terminal)
    , m_view(view)
    , m_told(view->visibleText())
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(tellEvery);
    QObject::connect(&m_tell, &QTimer::timeout, &m_tell, [this] { tellChanges(); });
    const auto later = [this] {
        if (!m_tell.isActive())
            m_tell.start();
    };
    QObject::connect(view, &TerminalView::screenChanged, &m_tell, later);
    QObject::connect(view, &TerminalView::scrolled, &m_tell, later);
}

void TerminalAccessible::install()
{
    QAccessible::installFactory(makeInterface);
}

void TerminalAccessible::tellChanges()
{
    const QString before = std::exchange(m_told, m_view->visibleText());
    const QString &now = m_told;
    if (before != now) {
        const auto [first, firstNow] = std::ranges::mismatch(before, now);
        const auto start = qsizetype(first - before.begin());
        qsizetype same = 0;
        const qsizetype most = std::min(before.size(), now.size()) - start;
        while (same < most && before.at(before.size() - 1 - same) == now.at(now.size() - 1 - same))
            ++same;
        QAccessibleTextUpdateEvent event(m_view, int(start), before.mid(start, before.size() - start - same),
                                         now.mid(start, now.size() - start - same));
        event.setCursorPosition(cursorPosition());
        QAccessible::updateAccessibility(&event);
    }
    QAccessibleTextCursorEvent caret(m_view, cursorPosition());
    QAccessible::updateAccessibility(&caret);
}

void *TerminalAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString TerminalAccessible::text(QAccessible::Text type) const
{
    return type == QAccessible::Value ? m_view->visibleText() : QAccessibleWidget::text(type);
}

void TerminalAccessible::selection(int /*index*/, int *start, int *end) const
{
    *start = *end = 0;
}

int TerminalAccessible::cursorPosition() const
{
    return m_view->caretOffset();
}

QString TerminalAccessible::text(int start, int end) const
{
    return m_view->visibleText().mid(start, std::max(0, end - start));
}

int TerminalAccessible::characterCount() const
{
    return int(m_view->visibleText().size());
}

QRect TerminalAccessible::characterRect(int offset) const
{
    const QString before = m_view->visibleText().left(offset);
    const auto row = int(before.count(u'\n'));
    const auto column = int(before.size() - before.lastIndexOf(u'\n') - 1);
    const QRect rect = m_view->cellRect(row, column);
    return {m_view->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

int TerminalAccessible::offsetAtPoint(const QPoint &point) const
{
    for (int offset = 0; offset < characterCount(); ++offset) {
        if (characterRect(offset).contains(point))
            return offset;
    }
    return -1;
}

QString TerminalAccessible::attributes(int /*offset*/, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace Parlance
