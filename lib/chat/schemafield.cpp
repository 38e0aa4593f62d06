// SPDX-License-Identifier: Apache-2.0
#include "chat/schemafield.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::SchemaField)
};

// Beyond that a double no longer counts by ones.
constexpr double largestExact = 9007199254740992.0;

QString numberText(double number)
{
    const bool isWhole = std::trunc(number) == number && std::abs(number) < largestExact;
    return isWhole ? QString::number(qint64(number)) : QString::number(number, 'g', 15);
}

QString formatProblem(const QString &format, const QString &text)
{
    if (format == "date"_L1 && !QDate::fromString(text, Qt::ISODate).isValid())
        return Words::tr("This is not a date, such as 2026-03-31.");
    if (format == "time"_L1 && !QTime::fromString(text.section(u'Z', 0, 0), Qt::ISODate).isValid())
        return Words::tr("This is not a time, such as 09:30:00.");
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODate);
    if (format == "date-time"_L1 && (!moment.isValid() || !text.contains(u'T')))
        return Words::tr("This is not a date with a time, such as 2026-03-31T09:30:00Z.");
    static const QRegularExpression email(uR"(\A[^@\s]+@[^@\s]+\z)"_s);
    if (format == "email"_L1 && !email.match(text).hasMatch())
        return Words::tr("This is not an email address.");
    const QUrl url(text, QUrl::StrictMode);
    if ((format == "uri"_L1 || format == "url"_L1) && (!url.isValid() || url.scheme().isEmpty()))
        return Words::tr("This is not an address, such as https://example.com/.");
    return {};
}

QString textProblem(const SchemaField &field, const QString &text)
{
    // As people count characters, and JSON Schema does too.
    const auto count = qint64(text.toUcs4().size());
    if (field.fewest && count < *field.fewest)
        return Words::tr("At least %n character(s) are needed.", nullptr, int(*field.fewest));
    if (field.mostMany && count > *field.mostMany)
        return Words::tr("At most %n character(s) fit.", nullptr, int(*field.mostMany));
    if (QString problem = formatProblem(field.format, text); !problem.isEmpty())
        return problem;
    if (field.pattern.isEmpty())
        return {};
    const QRegularExpression pattern(field.pattern, QRegularExpression::UseUnicodePropertiesOption);
    const bool fits = !pattern.isValid() || pattern.match(text).hasMatch();
    return fits ? QString() : Words::tr("This has not the form that is asked for: %1").arg(field.pattern);
}

QString numberProblem(const SchemaField &field, double number)
{
    if (field.kind == FieldKind::Integer && std::trunc(number) != number)
        return Words::tr("A whole number is needed.");
    if (field.least && (field.isLeastOutside ? number <= *field.least : number < *field.least))
        return (field.isLeastOutside ? Words::tr("More than %1 is needed.")
                                     : Words::tr("At least %1 is needed."))
            .arg(numberText(*field.least));
    if (field.most && (field.isMostOutside ? number >= *field.most : number > *field.most))
        return (field.isMostOutside ? Words::tr("Less than %1 is needed.")
                                    : Words::tr("At most %1 is allowed."))
            .arg(numberText(*field.most));
    if (field.step && *field.step > 0) {
        const double times = number / *field.step;
        if (std::abs(times - std::round(times)) > 1e-9 * std::max(1.0, std::abs(times)))
            return Words::tr("A multiple of %1 is needed.").arg(numberText(*field.step));
    }
    return {};
}

QString countProblem(const SchemaField &field, qsizetype count)
{
    if (field.fewest && count < *field.fewest)
        return field.kind == FieldKind::Choices
            ? Words::tr("Choose at least %n.", nullptr, int(*field.fewest))
            : Words::tr("At least %n item(s) are needed.", nullptr, int(*field.fewest));
    if (field.mostMany && count > *field.mostMany)
        return field.kind == FieldKind::Choices
            ? Words::tr("Choose at most %n.", nullptr, int(*field.mostMany))
            : Words::tr("At most %n item(s) are allowed.", nullptr, int(*field.mostMany));
    return {};
}

QString compact(const QJsonValue &value)
{
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

QString choiceTitle(const SchemaField &field, const QJsonValue &value)
{
    for (const FieldChoice &choice : field.choices) {
        if (choice.value == value)
            return choice.title;
    }
    return value.isString() ? value.toString() : compact(value);
}

//! Text from elsewhere that is to be read as it is.
QString plain(const QString &text)
{
    static const QRegularExpression marks(uR"(([\\`*_{}\[\]<>#|~$]))"_s);
    return QString(text).replace(marks, u"\\\\1"_s).simplified();
}

QString scalarWords(const SchemaField &field, const QJsonValue &value)
{
    if (!field.choices.empty())
        return plain(choiceTitle(field, value));
    if (value.isBool())
        return value.toBool() ? Words::tr("Yes") : Words::tr("No");
    if (value.isString())
        return plain(value.toString());
    return value.isDouble() ? fieldText(field, value) : QString(u'`' % compact(value) % u'`');
}

//! Lines of a Markdown list.
void addLines(const SchemaField &field, const QString &title, const QJsonValue &value, const QString &indent,
              QStringList &lines)
{
    const QString head =
        indent % u"- "_s % (title.isEmpty() ? QString() : QString(u"**"_s % plain(title) % u":** "_s));
    if (field.kind == FieldKind::Group && value.isObject()) {
        lines.append(head);
        for (const SchemaField &inner : field.fields) {
            if (value.toObject().contains(inner.name))
                addLines(inner, inner.title, value.toObject().value(inner.name), indent + u"  "_s, lines);
        }
    } else if (field.kind == FieldKind::List && value.isArray() && !field.fields.empty()) {
        lines.append(head);
        for (const QJsonValueConstRef item : value.toArray())
            addLines(field.fields.front(), {}, item, indent + u"  "_s, lines);
    } else if (field.kind == FieldKind::Choices && value.isArray()) {
        QStringList titles;
        for (const QJsonValueConstRef item : value.toArray())
            titles.append(plain(choiceTitle(field, item)));
        lines.append(head + titles.join(u", "_s));
    } else {
        lines.append(head + scalarWords(field, value));
    }
}

} // namespace

QString problemWith(const SchemaField &field, const QJsonValue &value)
{
    if (value.isUndefined())
        return field.isRequired ? Words::tr("This is needed.") : QString();
    if (field.isText())
        return textProblem(field, value.toString());
    if (field.isNumber())
        return numberProblem(field, value.toDouble());
    if (field.kind == FieldKind::List || field.kind == FieldKind::Choices)
        return countProblem(field, value.toArray().size());
    if (field.kind != FieldKind::Json)
        return {};
    if (field.format == "object"_L1 && !value.isObject())
        return Words::tr("An object of JSON is needed, in braces.");
    if (field.format == "array"_L1 && !value.isArray())
        return Words::tr("An array of JSON is needed, in square brackets.");
    return {};
}

bool readFieldText(const SchemaField &field, const QString &text, QJsonValue *value, QString *problem)
{
    const QString trimmed = text.trimmed();
    *value = QJsonValue(QJsonValue::Undefined);
    if (trimmed.isEmpty())
        return true;
    if (field.isNumber()) {
        bool isGood = false;
        const qlonglong whole = trimmed.toLongLong(&isGood);
        *value = qint64(whole);
        if (isGood)
            return true;
        const double number = trimmed.toDouble(&isGood);
        *value = number;
        if (!isGood || !std::isfinite(number))
            *problem = Words::tr("This is not a number.");
        return problem->isEmpty();
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson('[' + trimmed.toUtf8() + ']', &error);
    const QJsonArray whole = document.array();
    if (error.error != QJsonParseError::NoError)
        *problem = Words::tr("This is not JSON: %1.").arg(error.errorString());
    else if (whole.size() != 1)
        *problem = Words::tr("This is more than one value of JSON.");
    if (!problem->isEmpty())
        return false;
    *value = whole.at(0);
    return true;
}

QString fieldText(const SchemaField &field, const QJsonValue &value)
{
    if (value.isUndefined() || value.isNull())
        return {};
    if (field.isText())
        return value.isString() ? value.toString() : compact(value);
    if (field.isNumber() && value.isDouble()) {
        const qint64 whole = value.toInteger(0);
        return whole != 0 || value.toDouble() == 0 ? QString::number(whole) : numberText(value.toDouble());
    }
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    return compact(value);
}

QString answerWords(const SchemaField &field, const QJsonValue &value)
{
    QStringList lines;
    if (field.kind == FieldKind::Group && value.isObject()) {
        for (const SchemaField &inner : field.fields) {
            if (value.toObject().contains(inner.name))
                addLines(inner, inner.title, value.toObject().value(inner.name), {}, lines);
        }
        return lines.join(u'\n');
    }
    if (field.kind == FieldKind::Json && (value.isObject() || value.isArray()))
        return u"```json\n"_s % fieldText(field, value) % u"\n```"_s;
    return scalarWords(field, value);
}

} // namespace Parlance
