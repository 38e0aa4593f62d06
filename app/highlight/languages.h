// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

#include <memory>
#include <string>

class QTemporaryDir;

namespace Parlance {

//! Where the rules of a language are.
struct LanguageFile
{
    std::string folder = {};
    std::string name = {};
    bool isEmpty() const { return name.empty(); }
};

//! Finds the rules for what is written behind a code fence. Most come with libsource-highlight; what it lacks
//! comes with this program, and is put into a temporary folder, since the library reads files alone.
class Languages
{
public:
    Languages();
    ~Languages();

    //! The language a fence names, in lower case and by one name for all its spellings. Empty: none that is
    //! known, or plain text.
    static QString named(QStringView fence);

    //! Of a name from named(). Empty if the file is not there.
    LanguageFile file(const QString &language);

private:
    std::unique_ptr<QTemporaryDir> m_own;
};

} // namespace Parlance
