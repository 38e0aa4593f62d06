// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/delta.h"
#include "core/secret.h"

#include <vector>

namespace Parlance {

//! Takes out of an answer's running text what went into the request as a secret, when the agent tells it
//! in pieces: a frame with a whole secret is masked where it is read, but a model's words come in
//! fragments of a few letters. Text that may be the beginning of a secret is held back until it is known.
class DeltaGuard
{
public:
    DeltaGuard() = default;
    explicit DeltaGuard(std::vector<Secret> secrets);

    void apply(std::vector<Delta> &deltas);
    //! Appends what was held back.
    void finish(std::vector<Delta> &deltas);

private:
    void guard(Delta delta, std::vector<Delta> &kept);
    void release(std::vector<Delta> &kept);
    QString passed(const QString &text);
    qsizetype beginningOfASecret(QStringView text) const;

    std::vector<Secret> m_secrets;
    qsizetype m_longest = 0;
    Delta m_stream = TextDelta{}; //!< the kind and key of the text that runs, without its text
    QString m_recent; //!< its newest letters, shown and held back
    qsizetype m_held = 0; //!< how many of them are held back
};

} // namespace Parlance
