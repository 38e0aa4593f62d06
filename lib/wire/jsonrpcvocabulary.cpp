// SPDX-License-Identifier: Apache-2.0
#include "wire/jsonrpcvocabulary.h"

using namespace Qt::StringLiterals;

namespace Parlance {

bool JsonRpcVocabulary::take(const JsonValue &object)
{
    if (!object.find("jsonrpc"))
        return false;
    if (const JsonValue error = object.find("error")) {
        state()->error(error.find("message").text(), error.find("code").text(), object.compact());
    } else if (const JsonValue result = object.find("result"); result.isObject()) {
        const QString text = contentText(result.find("content"));
        if (text.isEmpty())
            state()->raw(u"result"_s, result.compact());
        else
            state()->text(text);
    } else {
        state()->raw(u"jsonrpc"_s, object.compact());
    }
    return true;
}

} // namespace Parlance
