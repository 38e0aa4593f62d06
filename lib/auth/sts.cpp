// SPDX-License-Identifier: Apache-2.0
#include "auth/sts.h"

#include "auth/awskeys.h"
#include "auth/awsplaces.h"
#include "auth/sigv4.h"

#include <QCoreApplication>

namespace Parlance {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Sts", text);
}

class Form
{
public:
    Form &add(const QByteArray &name, const QByteArray &value)
    {
        m_body += (m_body.isEmpty() ? "" : "&") + name + '=' + uriEncoded(value);
        return *this;
    }
    Form &addIfSet(const QByteArray &name, const QByteArray &value)
    {
        return value.isEmpty() ? *this : add(name, value);
    }

    RequestDraft draft(const QByteArray &serviceUrl) const
    {
        return RequestDraft{
            .method = "POST",
            .url = QUrl::fromEncoded(serviceUrl + '/', QUrl::StrictMode),
            .headers = {HttpHeader{.name = "Content-Type",
                                   .value = "application/x-www-form-urlencoded; charset=utf-8"},
                        HttpHeader{.name = "Accept", .value = "application/xml"}},
            .body = m_body};
    }

private:
    QByteArray m_body;
};

} // namespace

RequestDraft assumeRoleDraft(const AssumeRole &role, const QByteArray &serviceUrl, const QByteArray &mfaCode,
                             const AwsCredentials &source, const QDateTime &now)
{
    Form form;
    form.add("Action", "AssumeRole")
        .add("Version", "2011-06-15")
        .add("RoleArn", role.roleArn)
        .add("RoleSessionName", role.sessionName)
        .add("DurationSeconds", QByteArray::number(qint64(role.duration.count())))
        .addIfSet("ExternalId", role.externalId)
        .addIfSet("SerialNumber", mfaCode.isEmpty() ? QByteArray() : role.mfaSerial)
        .addIfSet("TokenCode", mfaCode);
    return signedDraft(form.draft(serviceUrl), source,
                       SigningScope{.region = awsRegionOr(role.region), .service = "sts", .time = now});
}

RequestDraft webIdentityDraft(const WebIdentity &identity, const QByteArray &serviceUrl, const Secret &token)
{
    Form form;
    form.add("Action", "AssumeRoleWithWebIdentity")
        .add("Version", "2011-06-15")
        .add("RoleArn", identity.roleArn)
        .add("RoleSessionName", identity.sessionName)
        .add("WebIdentityToken", token.reveal());
    return form.draft(serviceUrl);
}

Result<AwsCredentials> stsResult(const Result<HttpReply> &answer, const QByteArray &roleArn)
{
    if (!answer)
        return failure(answer.error());
    if (answer->isGood())
        return keysOfSts(answer->body);
    const StsRefusal refusal = refusalOfSts(answer->body);
    Error error{.kind = ErrorKind::AccessDenied,
                .message = tr("AWS did not hand out the role %1.").arg(QString::fromUtf8(roleArn)),
                .httpStatus = answer->status,
                .exceptionType = refusal.code,
                .serverMessage = refusal.message};
    if (refusal.code == u"ExpiredToken" || refusal.code == u"ExpiredTokenException")
        error.message = tr("The AWS keys that the role %1 is asked for with have run out.")
                            .arg(QString::fromUtf8(roleArn));
    else if (refusal.code == u"SignatureDoesNotMatch" || refusal.code == u"InvalidClientTokenId")
        error.message = tr("AWS does not accept the keys that the role %1 is asked for with.")
                            .arg(QString::fromUtf8(roleArn));
    return failure(std::move(error));
}

} // namespace Parlance
