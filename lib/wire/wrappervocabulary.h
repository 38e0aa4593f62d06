// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! Objects of agents with no framework behind them: {"result": …}, {"chunk": …}, {"error": …} …
class WrapperVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;

private:
    QByteArrayView m_streamKey; //!< the first key that held text; one of ours
    bool takeError(const JsonValue &object);
};

} // namespace Parlance
