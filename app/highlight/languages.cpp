// SPDX-License-Identifier: Apache-2.0
#include "highlight/languages.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <array>

#include <srchilite/settings.h>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Spelling
{
    QLatin1StringView fence;
    QLatin1StringView language;
};

// What models write behind a fence, beside a language's own name.
constexpr auto spellings = std::to_array<Spelling>({
    {"bash"_L1, "sh"_L1},
    {"c#"_L1, "csharp"_L1},
    {"c++"_L1, "cpp"_L1},
    {"cc"_L1, "cpp"_L1},
    {"cjs"_L1, "javascript"_L1},
    {"console"_L1, "sh"_L1},
    {"cs"_L1, "csharp"_L1},
    {"cxx"_L1, "cpp"_L1},
    {"docker"_L1, "dockerfile"_L1},
    {"golang"_L1, "go"_L1},
    {"h"_L1, "cpp"_L1},
    {"hpp"_L1, "cpp"_L1},
    {"hs"_L1, "haskell"_L1},
    {"ini"_L1, "conf"_L1},
    {"js"_L1, "javascript"_L1},
    {"json5"_L1, "javascript"_L1},
    {"jsonc"_L1, "javascript"_L1},
    {"jsonl"_L1, "json"_L1},
    {"jsx"_L1, "javascript"_L1},
    {"kt"_L1, "kotlin"_L1},
    {"kts"_L1, "kotlin"_L1},
    {"ksh"_L1, "sh"_L1},
    {"make"_L1, "makefile"_L1},
    {"mjs"_L1, "javascript"_L1},
    {"mts"_L1, "typescript"_L1},
    {"ndjson"_L1, "json"_L1},
    {"node"_L1, "javascript"_L1},
    {"patch"_L1, "diff"_L1},
    {"protobuf"_L1, "proto"_L1},
    {"py"_L1, "python"_L1},
    {"py3"_L1, "python"_L1},
    {"python3"_L1, "python"_L1},
    {"rb"_L1, "ruby"_L1},
    {"rs"_L1, "rust"_L1},
    {"shell"_L1, "sh"_L1},
    {"svg"_L1, "xml"_L1},
    {"tex"_L1, "latex"_L1},
    {"ts"_L1, "typescript"_L1},
    {"tsx"_L1, "typescript"_L1},
    {"xhtml"_L1, "html"_L1},
    {"yml"_L1, "yaml"_L1},
    {"zsh"_L1, "sh"_L1},
});

// Names that are languages of libsource-highlight as they stand.
constexpr auto libraryLanguages = std::to_array<QLatin1StringView>({
    "ada"_L1,      "awk"_L1,    "bat"_L1,        "c"_L1,       "conf"_L1,   "cpp"_L1,        "csharp"_L1,
    "css"_L1,      "d"_L1,      "erlang"_L1,     "fortran"_L1, "go"_L1,     "groovy"_L1,     "haskell"_L1,
    "html"_L1,     "java"_L1,   "javascript"_L1, "json"_L1,    "latex"_L1,  "lisp"_L1,       "lua"_L1,
    "makefile"_L1, "pascal"_L1, "perl"_L1,       "php"_L1,     "prolog"_L1, "properties"_L1, "proto"_L1,
    "r"_L1,        "ruby"_L1,   "rust"_L1,       "scala"_L1,   "scheme"_L1, "sh"_L1,         "sql"_L1,
    "tcl"_L1,      "vala"_L1,   "vim"_L1,        "xml"_L1,
});

constexpr auto ownLanguages = std::to_array<QLatin1StringView>({
    "diff"_L1,
    "dockerfile"_L1,
    "kotlin"_L1,
    "python"_L1,
    "swift"_L1,
    "toml"_L1,
    "typescript"_L1,
    "yaml"_L1,
});

bool isOwn(const QString &language)
{
    return std::ranges::find(ownLanguages, language) != ownLanguages.end();
}

} // namespace

Languages::Languages() = default;
Languages::~Languages() = default;

QString Languages::named(QStringView fence)
{
    // "python title=x", "{.python}" and "python:app.py" name Python too.
    QStringView word = fence.trimmed();
    while (word.startsWith(u'{') || word.startsWith(u'.'))
        word = word.sliced(1);
    const auto end = std::ranges::find_if(
        word, [](QChar c) { return c.isSpace() || c == u':' || c == u',' || c == u'}' || c == u'{'; });
    QString name = word.first(end - word.begin()).toString().toLower();
    const auto known = std::ranges::find(spellings, name, &Spelling::fence);
    if (known != spellings.end())
        name = known->language;
    const bool isKnown = isOwn(name) || std::ranges::find(libraryLanguages, name) != libraryLanguages.end();
    return isKnown ? name : QString();
}

LanguageFile Languages::file(const QString &language)
{
    const QString name = language % u".lang"_s;
    if (!isOwn(language)) {
        const std::string folder = srchilite::Settings::retrieveDataDir();
        const bool isThere = QFileInfo::exists(QString::fromStdString(folder) % u'/' % name);
        return isThere ? LanguageFile{.folder = folder, .name = name.toStdString()} : LanguageFile();
    }
    if (!m_own)
        m_own = std::make_unique<QTemporaryDir>();
    const QString copy = m_own->filePath(name);
    if (!QFileInfo::exists(copy) && !QFile::copy(u":/highlight/"_s % name, copy))
        return {};
    return {.folder = m_own->path().toStdString(), .name = name.toStdString()};
}

} // namespace Parlance
