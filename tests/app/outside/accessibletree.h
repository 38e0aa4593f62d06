// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QString>
#include <QVariantList>

#include <functional>
#include <optional>

namespace Parlance {

//! One accessible object of another program.
struct Node
{
    QString service = {};
    QString path = {};
};

//! What a screen reader sees: the tree of every accessible program, over AT-SPI's own bus.
class AccessibleTree
{
public:
    //! Asks the session bus where the accessibility bus is.
    AccessibleTree();

    bool isConnected() const { return m_bus.isConnected(); }
    QDBusConnection bus() const { return m_bus; }
    //! From now on programs tell of such events, for example "object:property-change".
    bool listenTo(const QString &event);

    QList<Node> programs() const;
    QList<Node> children(const Node &node) const;
    QString name(const Node &node) const;
    //! Text of a text field.
    QString text(const Node &node) const;
    bool setText(const Node &node, const QString &text) const;
    //! The first thing one can do with it: press, choose.
    bool act(const Node &node) const;
    //! On the screen, as far as the program tells.
    bool isShown(const Node &node) const;

    //! "heading", "table cell": in the protocol's words.
    QString role(const Node &node) const;
    //! All below the node in reading order, each with how deep it stands.
    QList<std::pair<int, Node>> all(const Node &below, int depth = 0) const;
    QVariantList call(const Node &node, const char *interface, const char *method,
                      const QVariantList &arguments = {}) const;
    QVariant property(const Node &node, const char *interface, const char *name) const;

    //! The first below the node, depth first, whose name and place fit.
    std::optional<Node> find(const Node &below, const std::function<bool(const Node &)> &fits) const;
    std::optional<Node> find(const Node &below, const QString &name) const;

private:
    QDBusConnection m_bus;
};

} // namespace Parlance
