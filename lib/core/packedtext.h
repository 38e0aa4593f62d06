// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <variant>

namespace Parlance {

//! A text that is kept far longer than it is read. Packed, it takes half of what a QString takes, and each
//! reading turns it back; what is written to is not packed any longer. Two are equal if they say the same.
class PackedText
{
public:
    PackedText() = default;
    PackedText(QString text)
        : m_held(std::move(text))
    {
    }

    //! Does nothing where that saves nothing, and to what is so long that reading it would be felt.
    void pack();
    bool isPacked() const { return std::holds_alternative<QByteArray>(m_held); }

    QString toString() const;
    operator QString() const { return toString(); }

    bool isEmpty() const;
    //! In UTF-16 units, as a QString has them.
    qsizetype size() const;
    //! How often a character below 128 stands in it.
    qsizetype count(char character) const;

    void clear() { m_held = QString(); }
    PackedText &operator+=(const QString &more);

    friend bool operator==(const PackedText &one, const PackedText &other);
    friend bool operator==(const PackedText &one, const QString &other) { return one.toString() == other; }

private:
    std::variant<QString, QByteArray> m_held; //!< UTF-16, or what is packed as UTF-8
};

} // namespace Parlance
