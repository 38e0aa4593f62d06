// SPDX-License-Identifier: Apache-2.0
#include "qa/yamldata.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QStringDecoder>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::YamlData)
};

//! Aliases could unfold a small file without end.
constexpr std::size_t mostCopies = 200'000;
constexpr std::size_t deepest = 200;

struct TooMuch
{
    int line = 0;
};

struct Repeated
{
    int line = 0;
};

std::size_t countOf(const DataNode &node)
{
    std::size_t count = 1;
    for (const DataNode &item : node.items)
        count += countOf(item);
    return count;
}

//! Of the core schema, as js-yaml has it.
DataNode plainScalar(const QString &text)
{
    static const QRegularExpression decimal(
        u"^[-+]?(?:[0-9][0-9_]*(?:\\.[0-9_]*)?|\\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?$"_s);
    static const QRegularExpression based(u"^([-+]?)0(x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)$"_s);
    if (text.isEmpty() || text == u'~' || text == "null"_L1 || text == "Null"_L1 || text == "NULL"_L1)
        return {};
    for (const QString &word : {u"true"_s, u"false"_s}) {
        if (text == word || text == word.toUpper() || text == word.left(1).toUpper() + word.mid(1))
            return {.kind = DataNode::Kind::Boolean, .text = word};
    }
    const QChar first = text.front();
    if (!first.isDigit() && first != u'-' && first != u'+' && first != u'.')
        return textNode(text);
    if (decimal.match(text).hasMatch() && !text.endsWith(u'_')) {
        QString digits = text;
        digits.remove(u'_');
        if (digits.startsWith(u'+'))
            digits.remove(0, 1);
        return {.kind = DataNode::Kind::Number, .text = digits};
    }
    const QRegularExpressionMatch match = based.match(text);
    if (!match.hasMatch())
        return textNode(text);
    QString digits = match.captured(2).mid(1);
    const int base = match.captured(2).startsWith(u'x') ? 16 : match.captured(2).startsWith(u'o') ? 8 : 2;
    const QString number = QString::number(digits.remove(u'_').toULongLong(nullptr, base));
    const bool isNegative = match.captured(1) == "-"_L1;
    return {.kind = DataNode::Kind::Number, .text = isNegative ? QString(u'-' + number) : number};
}

//! Builds the value from what the parser meets, without the library's own tree, which is several times
//! slower.
class Builder : public YAML::EventHandler
{
public:
    explicit Builder(RepeatedKeys repeated)
        : m_repeated(repeated)
    {
    }

    DataNode take() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &) override { }
    void OnDocumentEnd() override { }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override { add({}, mark, anchor); }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override;
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnSequenceStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(DataNode::Kind::List, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(DataNode::Kind::Map, mark, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open
    {
        DataNode node = {};
        YAML::anchor_t anchor = 0;
        bool hasKey = false;
        bool hasMerged = false; //!< then a name may be there twice
        QString key = {};
    };

    void open(DataNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor);
    void close();
    void add(DataNode node, const YAML::Mark &mark, YAML::anchor_t anchor);
    void put(DataNode node, YAML::anchor_t anchor);
    static void merge(DataNode &map, const DataNode &from);

    RepeatedKeys m_repeated;
    std::vector<Open> m_open;
    QHash<YAML::anchor_t, DataNode> m_anchors;
    std::size_t m_copied = 0;
    DataNode m_root;
};

void Builder::OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                       const std::string &value)
{
    const QString text = QString::fromUtf8(value.data(), qsizetype(value.size()));
    add(tag == "?" ? plainScalar(text) : textNode(text), mark, anchor);
}

void Builder::OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const DataNode node = m_anchors.value(anchor);
    m_copied += countOf(node);
    if (m_copied > mostCopies)
        throw TooMuch{mark.line + 1};
    put(node, 0);
}

void Builder::open(DataNode::Kind kind, const YAML::Mark &mark, YAML::anchor_t anchor)
{
    if (m_open.size() >= deepest)
        throw TooMuch{mark.line + 1};
    m_open.push_back({.node = {.kind = kind, .line = mark.line + 1}, .anchor = anchor});
}

void Builder::close()
{
    Open closed = std::move(m_open.back());
    m_open.pop_back();
    const bool mayRepeat = m_repeated == RepeatedKeys::LastTaken || closed.hasMerged || !closed.node.isMap();
    if (!mayRepeat && membersByName(closed.node).size() != closed.node.items.size())
        throw Repeated{closed.node.line};
    put(std::move(closed.node), closed.anchor);
}

void Builder::add(DataNode node, const YAML::Mark &mark, YAML::anchor_t anchor)
{
    node.line = mark.line + 1;
    put(std::move(node), anchor);
}

//! What the map does not have yet.
void Builder::merge(DataNode &map, const DataNode &from)
{
    if (from.isList()) {
        for (const DataNode &one : from.items)
            merge(map, one);
        return;
    }
    for (const DataNode &item : from.isMap() ? from.items : std::vector<DataNode>()) {
        if (map.member(item.name) == nullptr)
            map.items.push_back(item);
    }
}

void Builder::put(DataNode node, YAML::anchor_t anchor)
{
    if (anchor != 0)
        m_anchors.insert(anchor, node);
    if (m_open.empty()) {
        m_root = std::move(node);
        return;
    }
    Open &open = m_open.back();
    if (open.node.isList()) {
        open.node.items.push_back(std::move(node));
    } else if (!open.hasKey) {
        open.key = node.words();
        open.hasKey = true;
    } else {
        open.hasKey = false;
        if (open.key == "<<"_L1) {
            open.hasMerged = true;
            merge(open.node, node);
            return;
        }
        node.name = std::move(open.key);
        // What was merged in before gives way to what the map says itself.
        open.node.items.push_back(std::move(node));
    }
}

tl::unexpected<Error> brokenIn(int line)
{
    return failure(ErrorKind::Internal, Words::tr("Line %1 is not YAML.").arg(line));
}

} // namespace

Result<DataNode> readYaml(const QByteArray &yaml, RepeatedKeys repeated)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    // Decoded before it is asked whether there was an error.
    const QString text = decoder(yaml);
    if (decoder.hasError())
        return failure(ErrorKind::Internal, Words::tr("The file is not UTF-8."));
    std::istringstream stream(yaml.toStdString());
    Builder builder(repeated);
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
    } catch (const YAML::Exception &broken) {
        return brokenIn(broken.mark.line + 1);
    } catch (const TooMuch &tooMuch) {
        return failure(ErrorKind::Internal,
                       Words::tr("Line %1 unfolds to more than can be read.").arg(tooMuch.line));
    } catch (const Repeated &twice) {
        return failure(ErrorKind::Internal,
                       Words::tr("What begins in line %1 has one name twice.").arg(twice.line));
    }
    return builder.take();
}

} // namespace Parlance
