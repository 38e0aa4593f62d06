// SPDX-License-Identifier: Apache-2.0
#include "wire/jsonpatch.h"

#include <QByteArrayList>

#include <algorithm>

namespace Parlance {
namespace {

// A patch can copy a value into itself, again and again.
constexpr qsizetype heaviest = qsizetype(64) * 1024 * 1024;
constexpr int deepest = 500;

using Path = std::vector<QByteArray>;

//! The steps of a JSON pointer; absent if it is none.
std::optional<Path> pathOf(const JsonValue &pointer)
{
    if (!pointer.isString())
        return std::nullopt;
    const QByteArray text = pointer.utf8().toByteArray();
    if (text.isEmpty())
        return Path();
    if (!text.startsWith('/'))
        return std::nullopt;
    Path path;
    for (QByteArray step : text.mid(1).split('/'))
        path.push_back(step.replace("~1", "/").replace("~0", "~"));
    return path;
}

//! The place in an array; absent if the step names none. The end counts where something may be put.
std::optional<std::size_t> placeIn(const JsonNode &array, const QByteArray &step, bool isForAdding)
{
    if (step == "-")
        return isForAdding ? std::optional(array.items.size()) : std::nullopt;
    const bool isNumber = !step.isEmpty() && step.size() <= 9 && (step == "0" || step.front() != '0')
        && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
    const std::size_t place = isNumber ? step.toUInt() : 0;
    const std::size_t end = array.items.size() + (isForAdding ? 1 : 0);
    return isNumber && place < end ? std::optional(place) : std::nullopt;
}

class Patcher
{
public:
    explicit Patcher(JsonNode value)
        : m_root(std::move(value))
        , m_weight(m_root.weight())
    {
    }

    bool apply(const JsonValue &operation)
    {
        const QByteArrayView name = operation.find("op").utf8();
        const std::optional<Path> path = pathOf(operation.find("path"));
        if (!path)
            return false;
        if (name == "remove")
            return take(*path).has_value();
        if (name == "move" || name == "copy") {
            const std::optional<Path> from = pathOf(operation.find("from"));
            return from && (name == "move" ? move(*from, *path) : copy(*from, *path));
        }
        // A value of null is one, but find() takes it for absent.
        if (!operation.has("value"))
            return false;
        JsonNode value = JsonNode::of(operation.find("value"));
        if (name == "add")
            return add(*path, std::move(value));
        if (name == "test")
            return at(*path) && isSameJson(*at(*path), value);
        return name == "replace" && replace(*path, std::move(value));
    }

    JsonNode result() { return std::move(m_root); }

private:
    JsonNode *at(const Path &path) { return walk(path, path.size()); }
    JsonNode *walk(const Path &path, std::size_t steps)
    {
        JsonNode *node = &m_root;
        for (std::size_t i = 0; i < steps && node; ++i) {
            if (node->kind == JsonNode::Kind::Object) {
                node = node->member(path[i]);
            } else {
                const auto place =
                    node->kind == JsonNode::Kind::Array ? placeIn(*node, path[i], false) : std::nullopt;
                node = place ? &node->items[*place] : nullptr;
            }
        }
        return node;
    }

    bool fits(const Path &path, const JsonNode &value)
    {
        m_weight += value.weight();
        return m_weight <= heaviest
            && int(std::min<std::size_t>(path.size(), deepest)) + value.depth() <= deepest;
    }

    bool add(const Path &path, JsonNode value)
    {
        if (!fits(path, value))
            return false;
        if (path.empty()) {
            m_root = std::move(value);
            return true;
        }
        JsonNode *parent = walk(path, path.size() - 1);
        if (!parent || parent->kind == JsonNode::Kind::Scalar)
            return false;
        if (parent->kind == JsonNode::Kind::Object) {
            if (JsonNode *known = parent->member(path.back())) {
                *known = std::move(value);
            } else {
                parent->names.push_back(path.back());
                parent->items.push_back(std::move(value));
            }
            return true;
        }
        const auto place = placeIn(*parent, path.back(), true);
        if (place)
            parent->items.insert(parent->items.begin() + std::ptrdiff_t(*place), std::move(value));
        return place.has_value();
    }

    bool replace(const Path &path, JsonNode value)
    {
        JsonNode *old = at(path);
        if (!old || !fits(path, value))
            return false;
        *old = std::move(value);
        return true;
    }

    std::optional<JsonNode> take(const Path &path)
    {
        const JsonNode *node = at(path);
        // Nothing would be left.
        if (!node || path.empty())
            return std::nullopt;
        JsonNode *parent = walk(path, path.size() - 1);
        const std::ptrdiff_t place = node - parent->items.data();
        JsonNode taken = std::move(parent->items[std::size_t(place)]);
        parent->items.erase(parent->items.begin() + place);
        if (parent->kind == JsonNode::Kind::Object)
            parent->names.erase(parent->names.begin() + place);
        m_weight -= taken.weight();
        return taken;
    }

    bool move(const Path &from, const Path &path)
    {
        if (from == path)
            return at(from) != nullptr;
        // Not into itself.
        const bool isInside = path.size() > from.size() && std::equal(from.begin(), from.end(), path.begin());
        std::optional<JsonNode> taken = isInside ? std::nullopt : take(from);
        return taken && add(path, *std::move(taken));
    }

    bool copy(const Path &from, const Path &path)
    {
        const JsonNode *source = at(from);
        if (!source || m_weight + source->weight() > heaviest)
            return false;
        return add(path, JsonNode(*source));
    }

    JsonNode m_root;
    qsizetype m_weight;
};

} // namespace

std::optional<JsonNode> patched(JsonNode value, const JsonValue &patch)
{
    if (!patch.isArray())
        return std::nullopt;
    Patcher patcher(std::move(value));
    for (const JsonValue &operation : patch.items()) {
        if (!patcher.apply(operation))
            return std::nullopt;
    }
    return patcher.result();
}

} // namespace Parlance
