// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "highlight/codeword.h"

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
    //! language: see Languages::named(). A language whose rules cannot be read gives no words.
    LineHighlighter(const QString &language, Languages *languages);
    ~LineHighlighter();

    bool isUsable() const;
    //! Adds the words of one line, which has no line end. offset: where it stands in the text.
    void addLine(QStringView line, int offset, std::vector<CodeWord> &words);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Parlance
