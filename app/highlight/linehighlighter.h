// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "highlight/token.h"

#include <QString>
#include <QStringView>

#include <memory>

namespace Parlance {

class Languages;

//! Tells the words of a program apart, line by line: what a line means depends on those before it. About 25
//! µs a line, so it belongs on a worker's thread. One thread at a time uses one Languages.
class LineHighlighter
{
public:
    //! language: see Languages::named(). A language whose rules cannot be read gives no tokens.
    LineHighlighter(const QString &language, Languages *languages);
    ~LineHighlighter();

    bool isUsable() const;
    //! Adds the tokens of one line, which has no line end. offset: where it stands in the text.
    void addLine(QStringView line, int offset, std::vector<Token> &tokens);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Parlance
