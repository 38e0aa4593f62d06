// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Parlance {

struct NettedText
{
    QString text = {};
    int secrets = 0; //!< how many were taken out
    QStringList found = {}; //!< each with what it was known by, as it stood there
};

//! What looks like a secret becomes "••••": JSON web tokens, bearer and other Authorization values, AWS keys
//! and presigned queries, values that are named as a password, key, cookie or token, private keys, passwords
//! in addresses, tokens of well-known services. The last net for what leaves the machine; secrets that are
//! known have been masked before anything was kept.
NettedText withoutSecrets(const QString &text);

//! A conversation as conversationJson() writes it, with every text in it netted. What is in base64 is looked
//! into, too. Where an answer's text had a secret that came in pieces, the frames which made that text are
//! emptied. Returns how many secrets there were.
int netConversation(QJsonObject &conversation);

} // namespace Parlance
