// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/httpcaller.h"
#include "core/ids.h"
#include "core/result.h"

#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <optional>

namespace Parlance {

class IdentityBook;

//! One question to the control plane as an AWS identity, page by page to the end. What is asked changes
//! nothing, so it is asked again where the service is busy. Destroying it cancels.
class ControlPlaneRead : public QObject
{
    Q_OBJECT
public:
    struct Place
    {
        IdentityBook *identities = nullptr;
        HttpCaller *http = nullptr;
        IdentityId identity = {};
        QString region = {};
    };
    //! Makes the request for a page.
    using DraftOf = std::function<RequestDraft(const QUrl &base, const QString &nextToken)>;
    //! Takes a page and brings the token of the next one; empty: this was all.
    using Take = std::function<Result<QString>(const Result<HttpReply> &)>;

    ControlPlaneRead(Place place, DraftOf draftOf, Take take, QObject *parent = nullptr);

    //! finished() follows, never before this returns.
    void start();

Q_SIGNALS:
    //! Exactly once, after the last page was taken.
    void finished(const std::optional<Parlance::Error> &error);

private:
    void ask();
    void onReply(const Result<HttpReply> &reply);
    void onRefused(const Error &error);
    void end(const std::optional<Error> &error);

    Place m_place;
    DraftOf m_draftOf;
    Take m_take;
    QString m_token;
    QTimer m_timer;
    int m_attempts = 0; //!< at this page
    bool m_hasLearned = false;
};

} // namespace Parlance
