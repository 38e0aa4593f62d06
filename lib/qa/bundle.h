// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "qa/ziparchive.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <optional>

namespace Parlance {

// Evidence in one file: a zip with nothing in it but these parts.
//
//   manifest.json              first, and told of by its own SHA-256 when it is written and when it is looked
//   at:
//     {"format": "parlance-evidence", "version": 1,
//      "kind": "conversation" | "comparison" | "run", "title",
//      "made": TIME, "program": "Parlance 1.0", "environment": {"system", "qt"},
//      "secretsMasked": how many secrets were taken out of it on the way,
//      "subjects": [{"conversation": "conversations/0001.json", "page": "pages/0001.html",
//                    "title", "label", "agent": {"id", "name", "arn" | "url"}, "qualifier",
//                    "versions": […], "sessions": […], "verdict", "note",
//                    "answers": [{"message", "state", "version", "session", "request", "trace", "frames"}]}],
//      "parts": [{"name", "size", "sha256"}]}    all parts but this one
//   conversations/0001.json …  a file of one conversation as chat/conversationfile.h describes it, with the
//   frames
//                              of each answer and when they came; Parlance imports it, too
//   pages/0001.html …          the same for reading in a browser
//   run.json, run.html, run.junit.xml
//                              of a run of a suite: its report; each cell that was run is a conversation
//   comparison.md              of a comparison: differences and verdicts, for an issue
//
// The zip's comment is "parlance-evidence sha256 " and the SHA-256, in hexadecimal, of all bytes of the file
// before that hash. So a changed byte is found wherever it is. Who changes a file on purpose can write new
// hashes; therefore the manifest's is handed over by another way. Times are UTC in ISO 8601. A member that is
// not known is skipped; a change that an older reader must not overlook raises the version.

struct BundleSubject
{
    QString conversation = {}; //!< the part with what was said
    QString page = {}; //!< the part for a browser; may be empty
    QString title = {};
    QString label = {}; //!< of a column or a target
    QString agent = {};
    QString address = {}; //!< ARN or URL; empty: the built-in agent
    QString qualifier = {};
    QStringList versions = {}; //!< that served it, each once
    QStringList sessions = {};
    QString verdict = {};
    QString note = {};
    QJsonArray answers = {}; //!< as above
    friend bool operator==(const BundleSubject &, const BundleSubject &) = default;
};

enum class BundleKind { Conversation, Comparison, Run };

struct BundleManifest
{
    BundleKind kind = BundleKind::Conversation;
    QString title = {};
    QDateTime made = {}; //!< UTC
    QString program = {};
    QString system = {};
    QString qt = {};
    int secretsMasked = 0;
    std::vector<BundleSubject> subjects = {};
    friend bool operator==(const BundleManifest &, const BundleManifest &) = default;
};

//! Of the program that runs, now.
BundleManifest manifestOfNow(BundleKind kind, const QString &title);

struct WrittenBundle
{
    QByteArray bytes = {};
    QString manifestHash = {}; //!< SHA-256, hexadecimal
};
Result<WrittenBundle> writeBundle(const BundleManifest &manifest, const std::vector<ZipEntry> &parts);

//! A file of evidence, looked through.
struct Bundle
{
    BundleManifest manifest = {};
    QString manifestHash = {};
    std::vector<ZipEntry> parts = {}; //!< all that could be unpacked, without the manifest
    QStringList findings = {}; //!< sentences: what is not as it was when it was made

    bool isSound() const { return findings.isEmpty(); }
    //! Null: there is none.
    const QByteArray *part(const QString &name) const;
};

//! Errors: a sentence why this is no evidence, or none that can be read. expectedManifest: the hash that was
//! handed over, if there was one.
Result<Bundle> readBundle(const QByteArray &bytes, const QString &expectedManifest = {});
//! The same of a file. Blocking; any thread.
Result<Bundle> readBundleFile(const QString &path, const QString &expectedManifest = {});
Result<void> writeBundleFile(const QString &path, const QByteArray &bytes);
//! Of what readBundle() refuses: whether it still shows that it was evidence, so that somebody changed it.
bool wasBundle(const QByteArray &bytes);
//! The same of a file. Blocking; any thread.
bool wasBundleFile(const QString &path);
//! Whether this looks like evidence, whole or not; the file's beginning and end are enough.
bool looksLikeBundle(const QString &path);

} // namespace Parlance
