// SPDX-License-Identifier: Apache-2.0
#include "qa/promptfooreader.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PromptfooReader)
};

constexpr QLatin1StringView fileScheme = "file://"_L1;
constexpr int mostRepeats = 1000;
constexpr int mostAtOnce = 200;
constexpr int anyNumberAtOnce = 1'000'000; //!< no mistake, though no more than mostAtOnce are
constexpr int longestDelay = 3'600'000; //!< ms

QString pathOf(const QString &reference)
{
    return reference.startsWith(fileScheme) ? reference.mid(fileScheme.size()) : reference;
}

bool isPromptFile(const QString &path)
{
    static const QStringList endings{u".txt"_s, u".md"_s, u".json"_s, u".j2"_s, u".yaml"_s, u".yml"_s};
    return std::ranges::any_of(endings, [&](const QString &ending) { return path.endsWith(ending); });
}

//! What a configuration may say that means nothing here, since the agents are chosen when a suite is run.
bool isOfProviders(const QString &name)
{
    static const QStringList names{u"providers"_s, u"targets"_s};
    return names.contains(name);
}

bool isHarmless(const QString &name)
{
    static const QStringList names{u"$schema"_s,    u"description"_s, u"tags"_s,    u"sharing"_s,
                                   u"outputPath"_s, u"metadata"_s,    u"tracing"_s, u"writeLatestResults"_s};
    return names.contains(name);
}

bool isPattern(const QString &path)
{
    return path.contains(u'*') || path.contains(u'?');
}

} // namespace

PromptfooReader::PromptfooReader(const SuiteFiles &files, FindingList findings, Suite *suite)
    : m_files(files)
    , m_findings(std::move(findings))
    , m_suite(suite)
{
}

bool PromptfooReader::canRead(const DataNode &root)
{
    return root.member(u"prompts") != nullptr || root.member(u"tests") != nullptr
        || root.member(u"providers") != nullptr || root.member(u"targets") != nullptr;
}

void PromptfooReader::read(const DataNode &root)
{
    if (const DataNode *description = root.member(u"description"))
        m_suite->description = description->words();
    for (const DataNode &member : root.items) {
        if (member.name == "evaluateOptions"_L1)
            readOptions(member);
        else if (isOfProviders(member.name))
            m_findings.notice(
                member.line,
                Words::tr("“%1” means nothing here: the agents are chosen for a run.").arg(member.name));
        else if (member.name != "prompts"_L1 && member.name != "tests"_L1 && member.name != "defaultTest"_L1
                 && !isHarmless(member.name))
            m_findings.unsupported(member.line, Words::tr("“%1” is passed over.").arg(member.name));
    }
    const DataNode *prompts = root.member(u"prompts");
    if (prompts != nullptr)
        readPrompts(*prompts);
    if (m_prompts.empty()) {
        m_findings.fault(prompts != nullptr ? prompts->line : 0, Words::tr("There is no prompt to ask."));
        return;
    }
    if (const DataNode *first = root.member(u"defaultTest")) {
        if (first->isMap())
            m_default = readMembers(*first, m_findings);
        else
            m_findings.unsupported(first->line, Words::tr("“defaultTest” in a file of its own is not read."));
    }
    const DataNode *tests = root.member(u"tests");
    if (tests != nullptr && !tests->isNull())
        readTests(*tests);
    else
        addTest(m_default, m_findings);
}

std::optional<int> PromptfooReader::readCount(const DataNode &option, int least, int most)
{
    const double number = option.number();
    if (number >= least && number <= most && number == std::floor(number))
        return int(number);
    m_findings.fault(
        option.line,
        Words::tr("“%1” takes a whole number from %2 to %3.").arg(option.name).arg(least).arg(most));
    return std::nullopt;
}

void PromptfooReader::readOptions(const DataNode &options)
{
    for (const DataNode &option : options.items) {
        if (!option.isNumber())
            m_findings.unsupported(option.line, Words::tr("“%1” is passed over.").arg(option.name));
        else if (option.name == "maxConcurrency"_L1)
            m_suite->concurrency = std::min(readCount(option, 1, anyNumberAtOnce).value_or(1), mostAtOnce);
        else if (option.name == "repeat"_L1)
            m_suite->repeats = readCount(option, 1, mostRepeats);
        else if (option.name == "delay"_L1)
            m_suite->delayMs = readCount(option, 0, longestDelay);
        else
            m_findings.unsupported(option.line, Words::tr("“%1” is passed over.").arg(option.name));
    }
}

void PromptfooReader::readPrompts(const DataNode &prompts)
{
    if (prompts.isString())
        readPrompt(prompts);
    else if (!prompts.isList())
        m_findings.fault(prompts.line, Words::tr("“prompts” is no list of texts."));
    for (const DataNode &prompt : prompts.isList() ? prompts.items : std::vector<DataNode>())
        readPrompt(prompt);
}

void PromptfooReader::readPrompt(const DataNode &prompt)
{
    QString text = prompt.isString() ? prompt.text : QString();
    QString label;
    if (prompt.isMap()) {
        const DataNode *raw = prompt.member(u"raw") != nullptr ? prompt.member(u"raw") : prompt.member(u"id");
        text = raw != nullptr && raw->isString() ? raw->text : QString();
        label = prompt.member(u"label") != nullptr ? prompt.member(u"label")->words() : QString();
        for (const DataNode &member : prompt.items) {
            if (member.name != "raw"_L1 && member.name != "id"_L1 && member.name != "label"_L1)
                m_findings.unsupported(member.line,
                                       Words::tr("“%1” of a prompt is passed over.").arg(member.name));
        }
    }
    if (text.isEmpty()) {
        m_findings.fault(prompt.line, Words::tr("A prompt has no text."));
        return;
    }
    const bool isOneWord = std::ranges::none_of(text, [](QChar character) { return character.isSpace(); });
    const bool isFile = text.startsWith(fileScheme) || (isOneWord && isPromptFile(text));
    if (!isFile) {
        addPrompt(text, label, prompt.line);
        return;
    }
    const QString path = pathOf(text);
    for (const QString &found : isPattern(path) ? m_files.find(path) : QStringList{path})
        readPromptFile(found, label, prompt.line);
}

void PromptfooReader::readPromptFile(const QString &path, const QString &label, int line)
{
    if (!isPromptFile(path)) {
        m_findings.unsupported(line, Words::tr("Prompts of “%1” are not read: it is not a text.").arg(path));
        return;
    }
    const Result<QByteArray> bytes = m_files.read(path);
    if (!bytes) {
        m_findings.fault(line, bytes.error().message);
        return;
    }
    const QString text = QString::fromUtf8(*bytes);
    if (!path.endsWith(".txt"_L1)) {
        addPrompt(text.trimmed(), label.isEmpty() ? path : label, line);
        return;
    }
    // A line of three dashes parts prompts.
    QStringList prompt;
    for (const QString &one : text.split(u'\n') + QStringList{u"---"_s}) {
        if (one.trimmed() != "---"_L1) {
            prompt.append(one);
            continue;
        }
        const QString whole = prompt.join(u'\n').trimmed();
        if (!whole.isEmpty())
            addPrompt(whole, label, line);
        prompt.clear();
    }
}

void PromptfooReader::addPrompt(const QString &text, const QString &label, int line)
{
    m_prompts.push_back({.text = text, .label = label, .line = line});
}

} // namespace Parlance
