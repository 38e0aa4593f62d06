// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/message.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace Parlance {

class AttachmentChip;
class AttachmentDraft;
class FlowLayout;
class Theme;

//! The files that go with what stands in the composer, above its words. Hidden if there are none.
class AttachmentBar : public QWidget
{
    Q_OBJECT
public:
    AttachmentBar(const Theme *theme, AttachmentDraft *draft, QWidget *parent);

Q_SIGNALS:
    //! The last one was taken away by the keyboard, which has to go somewhere.
    void emptied();

private:
    void refresh();
    void rebuild();
    void remove(const AttachmentChip *chip);

    const Theme *m_theme;
    AttachmentDraft *m_draft;
    FlowLayout *m_layout;
    QLabel *m_coming;
    std::vector<AttachmentChip *> m_chips;
};

} // namespace Parlance
