// SPDX-License-Identifier: Apache-2.0
#include "auth/awsfiles.h"

#include <QCoreApplication>
#include <QList>

#include <algorithm>

namespace Parlance {
namespace {

struct Section
{
    QByteArray title = {};
    AwsSettings settings = {};
};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

qsizetype indentationOf(const QByteArray &line)
{
    return std::find_if_not(line.begin(), line.end(), isSpace) - line.begin();
}

qsizetype separatorIn(const QByteArray &line)
{
    const auto found = std::ranges::find_if(line, [](char c) { return c == '=' || c == ':'; });
    return found == line.end() ? -1 : found - line.begin();
}

class Reader
{
public:
    Reader(QByteArrayView file, QString name, QStringList *problems)
        : m_lines(file.toByteArray().split('\n'))
        , m_name(std::move(name))
        , m_problems(problems)
    {
        if (!m_lines.isEmpty() && m_lines.first().startsWith("\xEF\xBB\xBF"))
            m_lines.first().remove(0, 3);
    }

    QList<Section> read()
    {
        for (int number = 1; const QByteArray &line : m_lines)
            readLine(line, number++);
        return m_sections;
    }

private:
    void readLine(const QByteArray &line, int number)
    {
        const QByteArray text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#') || text.startsWith(';'))
            return;
        const qsizetype indentation = indentationOf(line);
        if (!m_setting.isEmpty() && indentation > m_indentation) {
            continueValue(text, number);
            return;
        }
        m_setting.clear();
        if (text.startsWith('[')) {
            openSection(text, number);
            return;
        }
        const qsizetype separator = separatorIn(text);
        if (separator <= 0 || m_sections.isEmpty()) {
            complain(number);
            return;
        }
        m_setting = text.first(separator).trimmed().toLower();
        m_indentation = indentation;
        m_sections.last().settings.insert(m_setting, text.sliced(separator + 1).trimmed());
    }

    void openSection(const QByteArray &text, int number)
    {
        const qsizetype end = text.lastIndexOf(']');
        if (end < 0) {
            complain(number);
            // What follows belongs to a section that nobody can name, and to none before it.
            m_sections.append(Section{});
            return;
        }
        const QByteArray title = text.sliced(1, end - 1).trimmed();
        m_sections.append(Section{.title = title});
    }

    void continueValue(const QByteArray &text, int number)
    {
        AwsSettings &settings = m_sections.last().settings;
        QByteArray &value = settings[m_setting];
        if (!value.isEmpty()) {
            value += '\n' + text;
            return;
        }
        const qsizetype separator = separatorIn(text);
        if (separator <= 0) {
            complain(number);
            return;
        }
        settings.insert(m_setting + '.' + text.first(separator).trimmed().toLower(),
                        text.sliced(separator + 1).trimmed());
    }

    void complain(int number)
    {
        m_problems->append(
            QCoreApplication::translate("AwsFiles", "Line %1 of the AWS %2 file could not be read.")
                .arg(number)
                .arg(m_name));
    }

    QList<QByteArray> m_lines;
    QString m_name;
    QStringList *m_problems;
    QList<Section> m_sections;
    QByteArray m_setting; // the one that an indented line continues
    qsizetype m_indentation = 0;
};

void merge(AwsSettings &into, const AwsSettings &from)
{
    for (auto setting = from.begin(); setting != from.end(); ++setting)
        into.insert(setting.key(), *setting);
}

} // namespace

AwsFiles readAwsFiles(QByteArrayView credentialsFile, QByteArrayView configFile)
{
    AwsFiles files;
    for (const Section &section : Reader(configFile, QStringLiteral("config"), &files.problems).read()) {
        const std::optional<QStringList> words = splitCommand(QString::fromUtf8(section.title));
        if (!words || words->isEmpty() || words->last().isEmpty())
            continue;
        if (words->size() == 1 && words->first() == u"default")
            merge(files.profiles[words->first()].settings, section.settings);
        else if (words->size() == 2 && words->first() == u"profile")
            merge(files.profiles[words->last()].settings, section.settings);
        else if (words->size() == 2 && words->first() == u"sso-session")
            merge(files.ssoSessions[words->last()], section.settings);
    }
    for (const Section &section :
         Reader(credentialsFile, QStringLiteral("credentials"), &files.problems).read()) {
        if (section.title.isEmpty())
            continue;
        AwsProfile &profile = files.profiles[QString::fromUtf8(section.title)];
        profile.hasCredentialsSection = true;
        merge(profile.credentialsSection, section.settings);
        merge(profile.settings, section.settings);
    }
    return files;
}

std::optional<QStringList> splitCommand(const QString &command)
{
    QStringList words;
    QString word;
    bool hasWord = false;
    QChar quote;
    for (qsizetype i = 0; i < command.size(); ++i) {
        const QChar c = command.at(i);
        const bool escapes = c == u'\\' && quote != u'\'' && i + 1 < command.size();
        if (escapes) {
            const QChar next = command.at(i + 1);
            // Inside double quotes a backslash is itself, but before another one or a quote.
            if (quote.isNull() || next == u'\\' || next == u'"')
                ++i;
            word += command.at(i);
            hasWord = true;
        } else if (c == quote) {
            quote = QChar();
        } else if (quote.isNull() && (c == u'"' || c == u'\'')) {
            quote = c;
            hasWord = true;
        } else if (quote.isNull() && c.isSpace()) {
            if (hasWord)
                words.append(word);
            word.clear();
            hasWord = false;
        } else {
            word += c;
            hasWord = true;
        }
    }
    if (!quote.isNull())
        return std::nullopt;
    if (hasWord)
        words.append(word);
    return words;
}

} // namespace Parlance
