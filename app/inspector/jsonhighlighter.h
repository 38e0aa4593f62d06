// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QSyntaxHighlighter>

namespace Parlance {

//! Light colours for JSON. No token crosses a line, so each line stands for itself.
class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    JsonHighlighter(const Theme *theme, QTextDocument *document);

    //! Off for text that is not JSON.
    void setEnabled(bool isEnabled) { m_isEnabled = isEnabled; }

protected:
    void highlightBlock(const QString &text) override;

private:
    const Theme *m_theme;
    bool m_isEnabled = false;
};

} // namespace Parlance
