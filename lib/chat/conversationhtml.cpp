// SPDX-License-Identifier: Apache-2.0
#include "chat/conversationfile.h"
#include "chat/conversationwords.h"
#include "chat/embeddedpicture.h"
#include "chat/safehtml.h"
#include "core/consoletext.h"

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// The window's own colours and measures; see the theme. Nothing is loaded from elsewhere.
constexpr char styleSheet[] = R"(
:root { color-scheme: light dark; --page: #ffffff; --pane: #f6f7f9; --line: #e1e4e9; --ink: #1b1f27;
  --quiet: #4d5563; --faint: #5f6878; --accent: #2f5bd7; --you: #f1f4fa; --bad: #b3261e; --badground: #fcebea; }
@media (prefers-color-scheme: dark) { :root { --page: #15181d; --pane: #1b1f25; --line: #2e343d;
  --ink: #e8eaee; --quiet: #b6bdc8; --faint: #929baa; --accent: #8fb0ff; --you: #1f252e; --bad: #ff8a80;
  --badground: #3a1d1b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.6 Inter, system-ui, sans-serif; }
main { max-width: 48rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .25rem; }
article { margin-top: 1.75rem; }
article > header { color: var(--faint); font-size: .85rem; margin-bottom: .25rem; }
article > header strong { color: var(--ink); font-size: .95rem; }
.you > .said { background: var(--you); border-radius: 12px; padding: .5rem 1rem; }
.said h1, .said h2, .said h3, .said h4, .said h5, .said h6 { font-size: 1.1rem; margin: 1.25rem 0 .5rem; }
.said :is(p, li, h1, h2, h3, h4, h5, h6, th, td) { unicode-bidi: plaintext; text-align: start; }
.said > :first-child { margin-top: 0; }
.said > :last-child { margin-bottom: 0; }
.facts, .about { color: var(--faint); font-size: .85rem; margin: .25rem 0 0; }
a { color: var(--accent); }
pre, code { font: .87em/1.6 "JetBrains Mono", ui-monospace, monospace; }
pre { background: var(--pane); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem;
  overflow-x: auto; }
:not(pre) > code { background: var(--pane); border-radius: 4px; padding: .1em .3em; }
code.display { display: block; margin: .5rem 0; overflow-x: auto; padding: .3em .75rem; white-space: pre-wrap; }
pre > code { font: inherit; }
pre > code.display { margin: 0; padding: 0; }
sup { font-size: .75em; line-height: 0; }
.notes { border-top: 1px solid var(--line); color: var(--quiet); font-size: .87rem; margin-top: 1.25rem;
  padding-top: .5rem; }
.note { display: flex; gap: .6rem; }
.note > div { flex: 1; min-width: 0; }
.note > div > * { margin: 0 0 .35rem; }
:target { background: var(--you); border-radius: 4px; outline: 2px solid var(--accent); outline-offset: 2px; }
blockquote { border-left: 3px solid var(--line); color: var(--quiet); margin: 1rem 0; padding-left: 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .75rem; text-align: left; }
th { color: var(--faint); font-size: .85rem; }
td[align=right], th[align=right] { text-align: right; }
td[align=center], th[align=center] { text-align: center; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .4rem .75rem; }
summary { color: var(--quiet); cursor: pointer; }
.error { background: var(--badground); border: 1px solid var(--line); border-radius: 8px; padding: .6rem 1rem; }
.error strong { color: var(--bad); }
.errors { border-left: 2px solid var(--bad); color: var(--bad); padding-left: .6em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
img { max-width: 100%; }
@media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } pre { white-space: pre-wrap; }
  article > header, h1 { break-after: avoid; } pre, table, blockquote { break-inside: avoid; } }
)";

QByteArray escaped(const QString &text)
{
    // A control character has no place in HTML, not even by its number.
    QString clean;
    clean.reserve(text.size());
    for (const QChar letter : text) {
        const bool isControl = letter < u' ' && letter != u'\n' && letter != u'\t';
        clean += isControl ? QChar(QChar::ReplacementCharacter) : letter;
    }
    return clean.toHtmlEscaped().toUtf8();
}

QByteArray codeBlock(const QString &text)
{
    return text.isEmpty() ? QByteArray() : "<pre><code>" + escaped(text) + "</code></pre>\n";
}

QByteArray folded(const QString &title, const QByteArray &inside)
{
    return "<details><summary>" + escaped(title) + "</summary>\n" + inside + "</details>\n";
}

QString named(const QString &title, const QString &name)
{
    return name.isEmpty() ? title : QString(title % u" · "_s % name);
}

bool isWeb(const QString &url)
{
    return url.startsWith("https://"_L1, Qt::CaseInsensitive)
        || url.startsWith("http://"_L1, Qt::CaseInsensitive);
}

QByteArray link(const QString &url, const QString &text)
{
    if (!isWeb(url))
        return escaped(text);
    return "<a href=\"" + escaped(url) + "\" rel=\"noreferrer\">" + escaped(text) + "</a>";
}

//! With what came on the stream for errors told apart.
QByteArray consoleBlock(const ConsoleText &console)
{
    QByteArray inside;
    int at = 0;
    const auto add = [&](int end, bool isError) {
        const QByteArray text = escaped(console.text.mid(at, end - at));
        if (!text.isEmpty())
            inside += isError ? QByteArray("<span class=\"errors\">" + text + "</span>") : text;
        at = end;
    };
    for (const auto &[start, length] : errorRuns(console)) {
        add(start, false);
        add(start + length, true);
    }
    add(int(console.text.size()), false);
    return inside.isEmpty() ? QByteArray() : "<pre><code>" + inside + "</code></pre>\n";
}

struct ToHtml
{
    SafeHtml &texts; //!< of this message
    QByteArray place = {}; //!< of this part
    size_t nextText = 0;

    QByteArray operator()(const Text &) { return texts.texts[nextText++]; }
    QByteArray operator()(const Reasoning &part) const
    {
        if (part.text.isEmpty())
            return {};
        const SafeHtml html = safeHtml({part.text}, HtmlLines::Soft, place);
        return folded(FileWords::thoughts(), html.texts.front() + html.notes);
    }
    QByteArray operator()(const ToolCall &part) const
    {
        return folded(named(FileWords::toolCall(), part.name), codeBlock(part.arguments));
    }
    QByteArray operator()(const ToolResult &part) const
    {
        const QString title = part.isError ? FileWords::toolFailure() : FileWords::toolResult();
        return folded(named(title, part.name), codeBlock(part.content));
    }
    QByteArray operator()(const Citation &part) const
    {
        const QByteArray quote =
            part.quote.isEmpty() ? QByteArray() : "<blockquote>" + escaped(part.quote) + "</blockquote>\n";
        return "<p>" + link(part.url, part.title.isEmpty() ? part.url : part.title) + "</p>\n" + quote;
    }
    QByteArray operator()(const ErrorPart &part) const
    {
        return "<div class=\"error\"><strong>" + escaped(FileWords::error()) + "</strong> "
            + escaped(part.error->message) + "\n" + codeBlock(part.error->serverMessage) + "</div>\n";
    }
    QByteArray operator()(const Attachment &part) const
    {
        const QByteArray picture = embeddedPicture(part);
        const bool isNamed = !part.name.isEmpty() || !isWeb(part.url);
        const QString name = isNamed ? part.name : part.url;
        if (!picture.isEmpty())
            return "<p><img alt=\"" + escaped(name) + "\" src=\"" + picture + "\"></p>\n";
        return "<p>" + escaped(FileWords::attachment()) + ": " + link(part.url, name)
            + escaped(FileWords::size(part)) + "</p>\n";
    }
    QByteArray operator()(const RawEvent &part) const
    {
        return folded(named(FileWords::event(), part.label), codeBlock(part.json));
    }
    QByteArray operator()(const Command &part) const { return codeBlock(part.line); }
    QByteArray operator()(const CommandOutput &part) const
    {
        const QByteArray head = part.dropped > 0
            ? "<p class=\"facts\">" + escaped(FileWords::dropped(part)) + "</p>\n"
            : QByteArray();
        return head + consoleBlock(readConsole(part)) + "<p class=\"facts\">"
            + escaped(part.hasErrors() ? named(FileWords::commandEnd(part), FileWords::errorsMarked())
                                       : FileWords::commandEnd(part))
            + "</p>\n";
    }
    QByteArray operator()(const InputRequest &part) const
    {
        return "<p><strong>" + escaped(named(FileWords::inputRequest(), part.reason)) + "</strong></p>\n<p>"
            + escaped(part.message) + "</p>\n";
    }
    QByteArray operator()(const InputAnswer &part) const
    {
        return "<p><strong>" + escaped(FileWords::inputAnswer(part)) + "</strong></p>\n"
            + (part.isCancelled ? QByteArray() : codeBlock(part.json));
    }
    QByteArray operator()(const TaskStatus &part) const
    {
        return "<p class=\"facts\">" + escaped(named(FileWords::task(), part.taskId)) + " "
            + escaped(part.state) + "</p>\n";
    }
    QByteArray operator()(const LiveValue &part) const
    {
        return folded(FileWords::liveValue(part), codeBlock(part.json));
    }
};

// place: which message of the page this is.
QByteArray articleOf(const ConversationFile &file, const Message &message, const QByteArray &place)
{
    const bool isUser = message.role == Role::User;
    const QStringList words = FileWords::heading(file, message).split(u" · "_s);
    QByteArray html = isUser ? "<article class=\"you\">\n" : "<article class=\"agent\">\n";
    html += "<header><strong>" + escaped(words.constFirst()) + "</strong> "
        + escaped(words.mid(1).join(u" · "_s)) + "</header>\n<div class=\"said\">\n";
    // All texts at once: one may refer to a footnote of another.
    QStringList texts;
    for (const MessagePart &part : message.parts) {
        if (const auto *text = std::get_if<Text>(&part.content))
            texts.append(text->markdown);
    }
    SafeHtml safe = safeHtml(texts, isUser ? HtmlLines::Kept : HtmlLines::Soft, place);
    ToHtml toHtml{.texts = safe};
    for (size_t i = 0; i < message.parts.size(); ++i) {
        toHtml.place = place + '-' + QByteArray::number(i);
        html += std::visit(toHtml, message.parts[i].content);
    }
    html += safe.notes + "</div>\n";
    if (const QString facts = FileWords::facts(file, message); !facts.isEmpty())
        html += "<p class=\"facts\">" + escaped(facts) + "</p>\n";
    return html + "</article>\n";
}

} // namespace

QByteArray conversationHtml(const ConversationFile &file)
{
    const QByteArray title = escaped(FileWords::title(file.conversation));
    QByteArray html = "<!DOCTYPE html>\n<html lang=\"\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'; img-src data:\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
        + title + "</title>\n<style>" + styleSheet + "</style>\n</head>\n<body>\n<main>\n<h1>" + title
        + "</h1>\n<p class=\"about\">" + escaped(FileWords::about(file)) + "</p>\n";
    int place = 0;
    for (const Message &message : file.messages)
        html += articleOf(file, message, "m" + QByteArray::number(++place));
    return html + "</main>\n</body>\n</html>\n";
}

} // namespace Parlance
