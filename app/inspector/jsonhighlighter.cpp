// SPDX-License-Identifier: Apache-2.0
#include "inspector/jsonhighlighter.h"

#include "inspector/jsonprinter.h"

namespace Parlance {
namespace {

ColourRole inkOf(JsonTokenKind kind)
{
    switch (kind) {
    case JsonTokenKind::Key:
        return ColourRole::Ink;
    case JsonTokenKind::String:
        return ColourRole::Good;
    case JsonTokenKind::Number:
        return ColourRole::Accent;
    case JsonTokenKind::Literal:
        return ColourRole::Caution;
    case JsonTokenKind::Punctuation:
        break;
    }
    return ColourRole::InkFaint;
}

} // namespace

JsonHighlighter::JsonHighlighter(const Theme *theme, QTextDocument *document)
    : QSyntaxHighlighter(document)
    , m_theme(theme)
{
    connect(theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (!m_isEnabled)
        return;
    std::vector<JsonToken> tokens;
    tokeniseJson(text, tokens);
    for (const JsonToken &token : tokens)
        setFormat(int(token.start), int(token.length), m_theme->colour(inkOf(token.kind)));
}

} // namespace Parlance
