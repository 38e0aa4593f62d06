// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "auth/awscredentials.h"
#include "core/result.h"

#include <QFuture>
#include <QObject>

namespace Parlance {

//! AWS keys that are good now, whenever somebody asks.
class CredentialSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    //! Kept keys while they are fresh, else new ones; however many ask at once, one search is under way.
    virtual QFuture<Result<AwsCredentials>> credentials() = 0;
    //! A service said that the keys have run out: the next question searches anew.
    virtual void forget() = 0;
};

} // namespace Parlance
