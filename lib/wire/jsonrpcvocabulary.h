// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/vocabulary.h"

namespace Parlance {

//! JSON-RPC envelopes: errors, and the text of MCP results.
class JsonRpcVocabulary : public Vocabulary
{
public:
    using Vocabulary::Vocabulary;
    bool take(const JsonValue &object) override;
};

} // namespace Parlance
