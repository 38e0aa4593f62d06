// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/conversationfile.h"
#include "qa/bundle.h"

#include <atomic>

namespace Parlance {

//! A conversation that goes into evidence: of a comparison one column, of a run one cell.
struct EvidenceItem
{
    ConversationFile file = {}; //!< with frames and the bytes of attached files
    QString label = {}; //!< of the column or target
    QString verdict = {}; //!< a person's, or the checks'
    QString note = {};
};

struct EvidenceTask
{
    BundleKind kind = BundleKind::Conversation;
    QString title = {};
    std::vector<EvidenceItem> items = {};
    std::vector<ZipEntry> reports = {}; //!< parts that are put in as they are, but for secrets
    bool withPages = true; //!< also as pages for a browser
};

//! Takes secrets out of everything, and packs it. Slow; any thread. Error: Cancelled once the flag is set.
Result<WrittenBundle> packEvidence(const EvidenceTask &task, const std::atomic_bool *isCancelled = nullptr);

//! The same, into a file, which is there whole or not at all. Returns the SHA-256 of the manifest. Slow; any
//! thread.
Result<QString> writeEvidence(const EvidenceTask &task, const QString &path,
                              const std::atomic_bool *isCancelled = nullptr);

//! What a part of evidence says was said, with its frames. Error: it is broken.
Result<ConversationFile> conversationOf(const Bundle &bundle, const BundleSubject &subject);

} // namespace Parlance
