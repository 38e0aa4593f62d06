// SPDX-License-Identifier: Apache-2.0
#include "app/outside/accessibletree.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr auto accessible = "org.a11y.atspi.Accessible";

QDBusConnection accessibilityBus()
{
    const QDBusMessage answer = QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(
        u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.a11y.Bus"_s, u"GetAddress"_s));
    return QDBusConnection::connectToBus(answer.arguments().value(0).toString(), u"a11y"_s);
}

} // namespace

AccessibleTree::AccessibleTree()
    : m_bus(accessibilityBus())
{
}

bool AccessibleTree::listenTo(const QString &event)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/registry"_s,
                                       u"org.a11y.atspi.Registry"_s, u"RegisterEvent"_s);
    call.setArguments({event, QStringList(), QString()});
    return m_bus.call(call).type() == QDBusMessage::ReplyMessage;
}

QVariantList AccessibleTree::call(const Node &node, const char *interface, const char *method,
                                  const QVariantList &arguments) const
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        node.service, node.path, QString::fromLatin1(interface), QString::fromLatin1(method));
    call.setArguments(arguments);
    return m_bus.call(call, QDBus::Block, 5000).arguments();
}

QVariant AccessibleTree::property(const Node &node, const char *interface, const char *name) const
{
    const QVariantList answer = call(node, "org.freedesktop.DBus.Properties", "Get",
                                     {QString::fromLatin1(interface), QString::fromLatin1(name)});
    return answer.isEmpty() ? QVariant() : answer.first().value<QDBusVariant>().variant();
}

QList<Node> AccessibleTree::programs() const
{
    return children({u"org.a11y.atspi.Registry"_s, u"/org/a11y/atspi/accessible/root"_s});
}

QList<Node> AccessibleTree::children(const Node &node) const
{
    QList<Node> nodes;
    const QVariantList answer = call(node, accessible, "GetChildren");
    if (answer.isEmpty() || !answer.first().canConvert<QDBusArgument>())
        return nodes;
    const auto list = answer.first().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        Node child;
        QDBusObjectPath path;
        list.beginStructure();
        list >> child.service >> path;
        list.endStructure();
        child.path = path.path();
        nodes.append(child);
    }
    list.endArray();
    return nodes;
}

QString AccessibleTree::name(const Node &node) const
{
    return property(node, accessible, "Name").toString();
}

QString AccessibleTree::role(const Node &node) const
{
    static const QHash<uint, QString> words{{29, u"label"_s},
                                            {31, u"list"_s},
                                            {32, u"list item"_s},
                                            {43, u"push button"_s},
                                            {55, u"table"_s},
                                            {56, u"table cell"_s},
                                            {57, u"table column header"_s},
                                            {61, u"text"_s},
                                            {73, u"paragraph"_s},
                                            {83, u"heading"_s},
                                            {85, u"section"_s},
                                            {88, u"link"_s},
                                            {101, u"notification"_s}};
    const uint number = call(node, accessible, "GetRole").value(0).toUInt();
    return words.value(number, QString::number(number));
}

QList<std::pair<int, Node>> AccessibleTree::all(const Node &below, int depth) const
{
    QList<std::pair<int, Node>> result;
    for (const Node &child : children(below)) {
        result.append({depth, child});
        result.append(all(child, depth + 1));
    }
    return result;
}

QString AccessibleTree::text(const Node &node) const
{
    return call(node, "org.a11y.atspi.Text", "GetText", {0, -1}).value(0).toString();
}

bool AccessibleTree::setText(const Node &node, const QString &text) const
{
    return call(node, "org.a11y.atspi.EditableText", "SetTextContents", {text}).value(0).toBool();
}

bool AccessibleTree::act(const Node &node) const
{
    return call(node, "org.a11y.atspi.Action", "DoAction", {0}).value(0).toBool();
}

bool AccessibleTree::isShown(const Node &node) const
{
    constexpr uint showing = 1U << 25U;
    const QVariantList answer = call(node, accessible, "GetState");
    if (answer.isEmpty() || !answer.first().canConvert<QDBusArgument>())
        return false;
    QList<uint> words;
    answer.first().value<QDBusArgument>() >> words;
    return !words.isEmpty() && (words.first() & showing) != 0;
}

std::optional<Node> AccessibleTree::find(const Node &below,
                                         const std::function<bool(const Node &)> &fits) const
{
    for (const Node &child : children(below)) {
        if (fits(child))
            return child;
        if (std::optional<Node> found = find(child, fits))
            return found;
    }
    return std::nullopt;
}

std::optional<Node> AccessibleTree::find(const Node &below, const QString &name) const
{
    return find(below, [&](const Node &node) { return this->name(node) == name; });
}

} // namespace Parlance
