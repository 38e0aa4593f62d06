// SPDX-License-Identifier: Apache-2.0
#include "qa/secretnet.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

const QString mask = u"••••"_s;

struct SecretPattern
{
    QStringList marks; //!< without one of them in the text the pattern cannot match
    QRegularExpression pattern; //!< what follows the first group is the secret
};

QRegularExpression pattern(const QString &text)
{
    return QRegularExpression(text, QRegularExpression::CaseInsensitiveOption);
}

// Between a name and its value: quotes and separators, plain or escaped within a string of JSON.
const QString between = uR"(\\*["']?\s*+[:=]\s*+\\*+["']?+)"_s;

const std::array<SecretPattern, 10> &secretPatterns()
{
    static const std::array<SecretPattern, 10> patterns = {{
        {{u"-----BEGIN"_s},
         pattern(
             uR"((-----BEGIN [A-Z ]*PRIVATE KEY-----)(?!••••)(?:(?!-----END)[\s\S])++(?:-----END[A-Z ]*-----)?)"_s)},
        {{u"eyJ"_s}, pattern(uR"(()\beyJ[A-Za-z0-9_\-]{2,}+\.[A-Za-z0-9_\-]++(?:\.[A-Za-z0-9_\-]*+)?)"_s)},
        {{u"authorization"_s},
         pattern(
             uR"((\b(?:proxy-)?authorization)"_s + between
             + uR"((?:(?:bearer|basic|aws4-hmac-sha256)\s+)?+)(?!null|true|false|••••)[^"'\\\r\n{}\[\]]++)"_s)},
        {{u"bearer "_s, u"basic "_s}, pattern(uR"((\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=\-]{12,}+)"_s)},
        {{u"AKIA"_s, u"ASIA"_s}, QRegularExpression(uR"(()\b(?:AKIA|ASIA)[A-Z0-9]{12,}+)"_s)},
        {{u"secret"_s, u"token"_s, u"passw"_s, u"api"_s, u"cookie"_s, u"x-amz-"_s, u"private"_s},
         pattern(uR"((\b(?:aws[_\-]?)?(?:secret[_\-]?access[_\-]?key|session[_\-]?token|security[_\-]?token)"
                 uR"(|access[_\-]?token|refresh[_\-]?token|id[_\-]?token|auth[_\-]?token|client[_\-]?secret)"
                 uR"(|passw(?:or)?d|passwort|api[_\-]?key|x-api-key|private[_\-]?key)"
                 uR"(|x-amz-(?:signature|security-token|credential)))"_s
                 + between + uR"()(?!null\b|true\b|false\b|••••)[^"'\\\s&,;{}\[\]<>]{3,}+)"_s)},
        {{u"cookie"_s},
         pattern(uR"((\b(?:set-)?cookie)"_s + between
                 + uR"()(?!null\b|true\b|false\b|••••)[^"'\\\r\n{}\[\]]{3,}+)"_s)},
        {{u"://"_s}, pattern(uR"((\b[a-z][a-z0-9+.\-]{1,20}://)[^\s/@"'<>\\?#]{1,400}(?=@))"_s)},
        {{u"gh"_s, u"github_pat_"_s, u"xox"_s, u"sk-"_s},
         pattern(uR"(()\b(?:gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_\w{20,}+|xox[abeoprs]-[A-Za-z0-9\-]{10,}+)"
                 uR"(|sk-[A-Za-z0-9_\-]{20,}+))"_s)},
        {{u"token"_s}, pattern(uR"((\btoken)"_s + between + uR"()[A-Za-z0-9._~+/=\-]{20,}+)"_s)},
    }};
    return patterns;
}

const QRegularExpression &secretName()
{
    static const QRegularExpression name(
        QRegularExpression::anchoredPattern(
            uR"((?:proxy-)?authorization|(?:aws[_\-]?)?secret[_\-]?access[_\-]?key|(?:set-)?cookie)"
            uR"(|(?:aws[_\-]?)?(?:session|security|access|refresh|id|auth)[_\-]?token|client[_\-]?secret)"
            uR"(|passw(?:or)?d|(?:x-)?api[_\-]?key|private[_\-]?key|x-amz-(?:signature|security-token|credential))"_s),
        QRegularExpression::CaseInsensitiveOption);
    return name;
}

QByteArray netBytes(const QByteArray &bytes, int *secrets)
{
    // Letter by letter, so that what is no text stays as it is.
    const NettedText netted = withoutSecrets(QString::fromLatin1(bytes));
    *secrets += netted.secrets;
    return netted.secrets == 0 ? bytes : QString(netted.text).replace(mask, u"****"_s).toLatin1();
}

int netObject(QJsonObject &object);

QJsonValue netValue(const QString &name, const QJsonValue &value, int *secrets)
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        *secrets += netObject(object);
        return object;
    }
    if (value.isArray()) {
        QJsonArray netted;
        for (const auto &item : value.toArray())
            netted.append(netValue(name, item, secrets));
        return netted;
    }
    if (!value.isString() || value.toString().isEmpty())
        return value;
    if (secretName().match(name).hasMatch()) {
        ++*secrets;
        return mask;
    }
    if (name.endsWith("Base64"_L1)) {
        const QByteArray bytes = QByteArray::fromBase64(value.toString().toLatin1());
        int found = 0;
        const QByteArray netted = netBytes(bytes, &found);
        *secrets += found;
        return found == 0 ? value : QJsonValue(QString::fromLatin1(netted.toBase64()));
    }
    const NettedText netted = withoutSecrets(value.toString());
    *secrets += netted.secrets;
    return netted.secrets == 0 ? value : QJsonValue(netted.text);
}

int netObject(QJsonObject &object)
{
    int secrets = 0;
    QJsonObject netted;
    for (auto member = object.constBegin(); member != object.constEnd(); ++member)
        netted.insert(withoutSecrets(member.key()).text, netValue(member.key(), member.value(), &secrets));
    object = netted;
    return secrets;
}

//! Which frames made a part that had secrets, how many, and which.
struct NettedSpan
{
    int first = -1;
    int last = -1;
    int secrets = 0;
    QStringList found = {};
};

QStringList foundIn(const QJsonValue &value)
{
    if (value.isString())
        return withoutSecrets(value.toString()).found;
    QStringList found;
    for (const auto &item : value.toArray())
        found += foundIn(item);
    for (const auto &member : value.toObject())
        found += foundIn(member);
    return found;
}

QString payloadOf(const QJsonObject &frame)
{
    return frame.contains("payloadBase64"_L1)
        ? QString::fromUtf8(QByteArray::fromBase64(frame["payloadBase64"_L1].toString().toLatin1()))
        : frame["payload"_L1].toString();
}

//! One that stands in no frame as a whole came in pieces, of which each may look like nothing, or like a
//! secret that ends sooner.
bool cameInPieces(const QString &secret, const QStringList &payloads)
{
    const QString asJson = QString::fromUtf8(QJsonDocument(QJsonArray{secret}).toJson(QJsonDocument::Compact))
                               .sliced(2)
                               .chopped(2);
    return std::ranges::none_of(payloads, [&](const QString &payload) {
        return payload.contains(secret) || payload.contains(asJson);
    });
}

int netFrames(QJsonArray &frames, const std::vector<NettedSpan> &spans)
{
    int secrets = 0;
    std::vector<int> found;
    QStringList payloads;
    for (auto &&value : frames) {
        QJsonObject frame = value.toObject();
        payloads.append(spans.empty() ? QString() : payloadOf(frame));
        found.push_back(netObject(frame));
        secrets += found.back();
        value = frame;
    }
    for (const NettedSpan &span : spans) {
        int there = 0;
        const auto isWithin = [&](qsizetype index) {
            const int sequence = frames.at(index).toObject()["sequence"_L1].toInt();
            return sequence >= span.first && sequence <= span.last;
        };
        QStringList within;
        for (qsizetype index = 0; index < frames.size(); ++index) {
            if (!isWithin(index))
                continue;
            there += found[std::size_t(index)];
            within.append(payloads.at(index));
        }
        const bool isWhole = there >= span.secrets
            && (within.size() == 1 || std::ranges::none_of(span.found, [&within](const QString &secret) {
                                 return cameInPieces(secret, within);
                             }));
        for (qsizetype index = 0; !isWhole && index < frames.size(); ++index) {
            if (!isWithin(index))
                continue;
            QJsonObject frame = frames.at(index).toObject();
            frame.remove("payloadBase64"_L1);
            frame.insert("payload"_L1, mask);
            frames[index] = frame;
        }
    }
    return secrets;
}

int netMessage(QJsonObject &message)
{
    int secrets = 0;
    std::vector<NettedSpan> spans;
    QJsonArray parts = message.take("parts"_L1).toArray();
    for (auto &&value : parts) {
        QJsonObject part = value.toObject();
        QStringList secretsIn = foundIn(part);
        const int found = netObject(part);
        const QJsonArray span = part["frames"_L1].toArray();
        if (found > 0 && span.size() == 2)
            spans.push_back({span.at(0).toInt(), span.at(1).toInt(), found, std::move(secretsIn)});
        secrets += found;
        value = part;
    }
    const bool hasFrames = message.contains("frames"_L1);
    QJsonArray frames = message.take("frames"_L1).toArray();
    secrets += netFrames(frames, spans);
    secrets += netObject(message);
    message.insert("parts"_L1, parts);
    if (hasFrames)
        message.insert("frames"_L1, frames);
    return secrets;
}

} // namespace

NettedText withoutSecrets(const QString &text)
{
    NettedText netted{.text = text};
    for (const SecretPattern &secret : secretPatterns()) {
        const bool isLikely = std::ranges::any_of(secret.marks, [&netted](const QString &sign) {
            return netted.text.contains(sign, Qt::CaseInsensitive);
        });
        if (!isLikely)
            continue;
        QString result;
        qsizetype from = 0;
        for (auto found = secret.pattern.globalMatch(netted.text); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            result += QStringView(netted.text).sliced(from, match.capturedEnd(1) - from);
            result += mask;
            from = match.capturedEnd(0);
            netted.found.append(match.captured(0));
            ++netted.secrets;
        }
        if (from > 0)
            netted.text = result + QStringView(netted.text).sliced(from);
    }
    return netted;
}

int netConversation(QJsonObject &conversation)
{
    int secrets = 0;
    QJsonArray messages = conversation.take("messages"_L1).toArray();
    for (auto &&value : messages) {
        QJsonObject message = value.toObject();
        secrets += netMessage(message);
        value = message;
    }
    secrets += netObject(conversation);
    conversation.insert("messages"_L1, messages);
    return secrets;
}

} // namespace Parlance
