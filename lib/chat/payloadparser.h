// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/result.h"
#include "wire/attachmentpayload.h"

#include <QCoreApplication>
#include <QString>

#include <optional>
#include <vector>

namespace Parlance {

enum class Placeholder { Prompt, Session, Conversation, Messages, Uuid, Attachments, Content };

enum class PlaceholderPlace {
    Value, //!< stands for a whole JSON value
    InString, //!< stands within the quotes of a string
};

//! A stretch of the template that is copied, and the placeholder after it, if any.
struct TemplatePiece
{
    QString literal = {};
    std::optional<Placeholder> placeholder = std::nullopt;
    PlaceholderPlace place = PlaceholderPlace::Value;
    std::optional<AttachmentForm> form = std::nullopt; //!< the word after a colon
};

//! Reads a payload template: JSON by the letter, with placeholders. Knows nothing of their values.
class PayloadParser
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::PayloadParser)
public:
    explicit PayloadParser(QString text)
        : m_text(std::move(text))
    {
    }

    //! Error: InvalidTemplate, naming the line and column.
    Result<std::vector<TemplatePiece>> parse();

private:
    bool value(int depth);
    bool object(int depth);
    bool array(int depth);
    bool string(bool isKey);
    bool stringBody(qsizetype end);
    bool number();
    bool word(QLatin1StringView expected);
    bool placeholder(PlaceholderPlace place);
    bool checkForm(TemplatePiece &piece, const QString &name, const QString &form);
    bool escape();
    bool digits();
    void skipSpace();
    bool expect(QChar wanted);
    bool fail(const QString &reason);
    bool isAt(QChar wanted) const { return m_at < m_text.size() && m_text[m_at] == wanted; }
    bool isAtPlaceholder() const;
    qsizetype loneQuotedPlaceholderEnd() const;
    void take(qsizetype count) { m_at += count; }
    void closeLiteral(qsizetype end);

    QString m_text;
    qsizetype m_at = 0;
    qsizetype m_literalStart = 0;
    std::vector<TemplatePiece> m_pieces;
    std::optional<Error> m_error;
};

} // namespace Parlance
