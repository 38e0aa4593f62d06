// SPDX-License-Identifier: Apache-2.0
#include "chat/schemareader.h"

#include "wire/json.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SchemaReader)
};

constexpr int deepestGroup = 4; //!< a form that is nested deeper is not read by anybody
constexpr int mostFields = 200;
constexpr int mostLayers = 24; //!< of references, which may go round in circles
constexpr qint64 longestLine = 200; //!< a text that may be longer is given several lines

//! A schema with what it refers to, the outermost first.
using Layers = std::vector<JsonValue>;

JsonValue find(const Layers &layers, QByteArrayView name)
{
    for (const JsonValue &layer : layers) {
        if (const JsonValue found = layer.find(name))
            return found;
    }
    return {};
}

QJsonValue valueOf(const JsonValue &json)
{
    // Qt reads no bare scalar.
    const QJsonDocument document = QJsonDocument::fromJson('[' + json.compact() + ']');
    return document[0];
}

bool isScalar(const JsonValue &json)
{
    return json.isString() || json.isNumber() || json.isBool();
}

std::optional<double> numberOf(const JsonValue &json)
{
    return json.isNumber() ? std::optional(valueOf(json).toDouble()) : std::nullopt;
}

std::optional<qint64> countOf(const JsonValue &json)
{
    const std::optional<qint64> count = json.integer();
    return count && *count >= 0 ? count : std::nullopt;
}

//! "startDate" and "start_date" are read as "Start date".
QString titleOf(const QString &name)
{
    QString title;
    for (const QChar character : name) {
        const bool isGap = character == u'_' || character == u'-' || character == u'.';
        const bool beginsWord = character.isUpper() && !title.isEmpty() && title.back().isLower();
        if ((isGap || beginsWord) && !title.isEmpty() && title.back() != u' ')
            title += u' ';
        if (!isGap)
            title += beginsWord ? character.toLower() : character;
    }
    title = title.trimmed();
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QString typeOf(const Layers &layers)
{
    const JsonValue type = find(layers, "type");
    if (type.isString())
        return type.string();
    QStringList types;
    for (const JsonValue &one : type.items()) {
        if (one.utf8() != "null")
            types.append(one.string());
    }
    if (types.size() == 1)
        return types.constFirst();
    if (!types.isEmpty())
        return {};
    return find(layers, "properties") ? u"object"_s : find(layers, "items") ? u"array"_s : QString();
}

class SchemaReader
{
public:
    SchemaField read(const QByteArray &schema)
    {
        m_root = m_json.parse(schema);
        if (!m_root.isObject())
            return {};
        return field(m_root, {}, 0);
    }

private:
    JsonValue target(const QString &reference) const
    {
        if (!reference.startsWith(u'#'))
            return {};
        JsonValue found = m_root;
        for (QString step : reference.sliced(1).split(u'/', Qt::SkipEmptyParts)) {
            step.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
            found = found.find(step.toUtf8());
        }
        return found;
    }

    //! False: it says something that a form cannot.
    bool collect(const JsonValue &schema, Layers &layers) const
    {
        if (!schema.isObject() || layers.size() >= mostLayers)
            return false;
        layers.push_back(schema);
        if (const JsonValue reference = schema.find("$ref")) {
            if (!collect(target(reference.string()), layers))
                return false;
        }
        for (const JsonValue &part : schema.find("allOf").items()) {
            if (!collect(part, layers))
                return false;
        }
        for (const QByteArrayView name : {QByteArrayView("anyOf"), QByteArrayView("oneOf")}) {
            std::vector<JsonValue> ways = schema.find(name).items();
            std::erase_if(ways, [](const JsonValue &way) { return way.find("type").utf8() == "null"; });
            if (ways.size() == 1 && !ways.front().has("const")) {
                if (!collect(ways.front(), layers))
                    return false;
            } else if (ways.size() > 1 && !std::ranges::all_of(ways, isConstant)) {
                return false;
            }
        }
        return true;
    }

    static bool isConstant(const JsonValue &way) { return isScalar(way.find("const")); }

    static std::vector<FieldChoice> choicesOf(const Layers &layers)
    {
        std::vector<FieldChoice> choices;
        for (const QByteArrayView name : {QByteArrayView("oneOf"), QByteArrayView("anyOf")}) {
            for (const JsonValue &way : find(layers, name).items()) {
                if (!isConstant(way))
                    continue;
                const QString title = way.find("title").string();
                choices.push_back({.title = title.isEmpty() ? way.find("const").text() : title,
                                   .value = valueOf(way.find("const"))});
            }
        }
        if (!choices.empty())
            return choices;
        const std::vector<JsonValue> titles = find(layers, "enumNames").items();
        const std::vector<JsonValue> values = find(layers, "enum").items();
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (isScalar(values[i]))
                choices.push_back({.title = i < titles.size() ? titles[i].text() : values[i].text(),
                                   .value = valueOf(values[i])});
        }
        if (const JsonValue only = find(layers, "const"); choices.empty() && isScalar(only))
            choices.push_back({.title = only.text(), .value = valueOf(only)});
        return choices;
    }

    SchemaField field(const JsonValue &schema, const QString &name, int depth)
    {
        SchemaField made{.name = name};
        Layers layers;
        const bool isUsual = collect(schema, layers);
        made.title = find(layers, "title").string();
        if (made.title.isEmpty())
            made.title = titleOf(name);
        made.description = find(layers, "description").string();
        if (const JsonValue initial = find(layers, "default"))
            made.initial = valueOf(initial);
        if (!isUsual || ++m_count > mostFields)
            return made;
        made.choices = choicesOf(layers);
        if (!made.choices.empty()) {
            made.kind = FieldKind::Choice;
            if (find(layers, "const"))
                made.initial = made.choices.front().value;
            return made;
        }
        readType(typeOf(layers), layers, depth, made);
        return made;
    }

    void readType(const QString &type, const Layers &layers, int depth, SchemaField &made)
    {
        if (type == "string"_L1) {
            readText(layers, made);
        } else if (type == "number"_L1 || type == "integer"_L1) {
            made.kind = type == "number"_L1 ? FieldKind::Number : FieldKind::Integer;
            readLimits(layers, made);
        } else if (type == "boolean"_L1) {
            made.kind = FieldKind::Boolean;
        } else if (type == "array"_L1) {
            made.format = type;
            readArray(layers, depth, made);
        } else if (type == "object"_L1) {
            made.format = type;
            readObject(layers, depth, made);
        }
        if (made.kind == FieldKind::Json)
            made.fields.clear();
        else if (made.kind == FieldKind::Group || made.kind == FieldKind::List)
            made.format.clear();
    }

    static void readText(const Layers &layers, SchemaField &made)
    {
        made.format = find(layers, "format").string();
        made.pattern = find(layers, "pattern").string();
        made.fewest = countOf(find(layers, "minLength"));
        made.mostMany = countOf(find(layers, "maxLength"));
        const bool isLong = made.mostMany && *made.mostMany > longestLine;
        const bool saysSo =
            QStringList{u"textarea"_s, u"multiline"_s, u"multi-line"_s, u"markdown"_s, u"html"_s}.contains(
                made.format)
            || find(layers, "contentMediaType").utf8().startsWith("text/");
        made.kind = isLong || saysSo ? FieldKind::LongText : FieldKind::Text;
    }

    static void readLimits(const Layers &layers, SchemaField &made)
    {
        made.least = numberOf(find(layers, "minimum"));
        made.most = numberOf(find(layers, "maximum"));
        made.step = numberOf(find(layers, "multipleOf"));
        // Once these were words beside the limit.
        made.isLeastOutside = find(layers, "exclusiveMinimum").boolean();
        made.isMostOutside = find(layers, "exclusiveMaximum").boolean();
        if (const auto limit = numberOf(find(layers, "exclusiveMinimum"))) {
            made.least = limit;
            made.isLeastOutside = true;
        }
        if (const auto limit = numberOf(find(layers, "exclusiveMaximum"))) {
            made.most = limit;
            made.isMostOutside = true;
        }
    }

    void readArray(const Layers &layers, int depth, SchemaField &made)
    {
        const JsonValue items = find(layers, "items");
        if (!items.isObject() || depth >= deepestGroup)
            return;
        made.fewest = countOf(find(layers, "minItems"));
        made.mostMany = countOf(find(layers, "maxItems"));
        SchemaField item = field(items, {}, depth + 1);
        if (item.kind == FieldKind::Choice) {
            made.kind = FieldKind::Choices;
            made.format.clear();
            made.choices = std::move(item.choices);
        } else if (item.kind != FieldKind::Json && m_count <= mostFields) {
            made.kind = FieldKind::List;
            made.fields.push_back(std::move(item));
        }
    }

    void readObject(const Layers &layers, int depth, SchemaField &made)
    {
        if (depth >= deepestGroup)
            return;
        QStringList required;
        bool saysMembers = false;
        for (const JsonValue &layer : layers) {
            for (const JsonValue &name : layer.find("required").items())
                required.append(name.string());
            saysMembers = saysMembers || layer.has("properties");
            for (const JsonMember &member : layer.find("properties").members()) {
                if (m_count > mostFields)
                    return;
                const QString name = QString::fromUtf8(member.key);
                const bool isKnown = std::ranges::any_of(
                    made.fields, [&name](const SchemaField &known) { return known.name == name; });
                if (!isKnown)
                    made.fields.push_back(field(member.value, name, depth + 1));
            }
        }
        // Without any, an object may hold whatever there is; as the whole of a form it holds nothing.
        const JsonValue others = find(layers, "additionalProperties");
        const bool isEmptyForm = depth == 0 && !others.isObject() && !others.boolean();
        if (m_count > mostFields || (made.fields.empty() && !saysMembers && !isEmptyForm))
            return;
        for (SchemaField &field : made.fields)
            field.isRequired = required.contains(field.name);
        made.kind = FieldKind::Group;
    }

    Json m_json;
    JsonValue m_root;
    int m_count = 0;
};

constexpr std::size_t mostButtons = 4;

std::vector<AnswerButton> buttonsOf(const SchemaField &field)
{
    if (field.kind == FieldKind::Boolean) {
        return {{.words = Words::tr("Approve"), .value = true},
                {.words = Words::tr("Reject"), .value = false, .isRefusal = true}};
    }
    std::vector<AnswerButton> buttons;
    if (field.kind == FieldKind::Choice && field.choices.size() >= 2 && field.choices.size() <= mostButtons) {
        for (const FieldChoice &choice : field.choices)
            buttons.push_back({.words = choice.title, .value = choice.value});
    }
    return buttons;
}

//! The one member that decides: it must be there, and all others need not.
const SchemaField *decisionIn(const SchemaField &group)
{
    const SchemaField *decision = nullptr;
    for (const SchemaField &field : group.fields) {
        const bool decides = field.isRequired || group.fields.size() == 1;
        if (!decides)
            continue;
        if (decision || buttonsOf(field).empty())
            return nullptr;
        decision = &field;
    }
    return decision;
}

} // namespace

SchemaField readSchema(const QByteArray &schema)
{
    return SchemaReader().read(schema);
}

bool takesAnyWords(const InputRequest &request)
{
    return request.schema.isEmpty() && request.reason != "confirmation"_L1;
}

AnswerShape answerShape(const InputRequest &request)
{
    if (takesAnyWords(request))
        return {.isWords = true};
    SchemaField whole = request.schema.isEmpty() ? SchemaField{.kind = FieldKind::Boolean}
                                                 : readSchema(request.schema.toString().toUtf8());
    AnswerShape shape{.buttons = buttonsOf(whole)};
    if (!shape.buttons.empty())
        return shape;
    const SchemaField *decision = whole.kind == FieldKind::Group ? decisionIn(whole) : nullptr;
    if (decision) {
        shape.buttons = buttonsOf(*decision);
        shape.member = decision->name;
        std::erase_if(whole.fields, [&](const SchemaField &field) { return field.name == shape.member; });
        if (whole.fields.empty())
            return shape;
    }
    shape.form = std::move(whole);
    return shape;
}

QJsonValue answerOf(const AnswerShape &shape, const AnswerButton &button, const QJsonValue &filledIn)
{
    if (shape.member.isEmpty())
        return button.value;
    QJsonObject answer = filledIn.toObject();
    answer.insert(shape.member, button.value);
    return answer;
}

} // namespace Parlance
