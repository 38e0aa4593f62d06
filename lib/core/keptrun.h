// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace Parlance {

//! A run of a suite of questions; see qa/run.h, which knows what it means.
using RunId = Id<struct RunTag>;

//! A run as it is kept: what it is found by, and all of it as a document that the store does not read.
struct KeptRun
{
    RunId id = {};
    QString title = {};
    QString agent = {}; //!< its name
    QString state = {}; //!< "running" until it is paused, cancelled or finished
    QDateTime started = {}; //!< UTC
    QDateTime ended = {}; //!< UTC
    QByteArray document = {}; //!< empty in a list
    friend bool operator==(const KeptRun &, const KeptRun &) = default;
};

//! One case asked of one target once: what is counted, and all of it as a document.
struct KeptCell
{
    RunId run = {};
    qint64 place = 0; //!< in its run, from 0
    QString caseId = {};
    QString target = {};
    int repeat = 0; //!< from 0
    QString state = {}; //!< "running" while it is asked, "done" for good, else "waiting"
    QString outcome = {};
    bool hasFailedAnswer = false;
    QString verdict = {}; //!< a person's; empty: none
    QString note = {};
    int cutShort = 0;
    int retries = 0;
    std::optional<double> firstTextMs = std::nullopt;
    std::optional<double> totalMs = std::nullopt;
    QByteArray document = {}; //!< empty in a list
    friend bool operator==(const KeptCell &, const KeptCell &) = default;
};

} // namespace Parlance
