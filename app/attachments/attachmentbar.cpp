// SPDX-License-Identifier: Apache-2.0
#include "attachments/attachmentbar.h"

#include "attachments/attachmentchip.h"
#include "attachments/attachmentdraft.h"
#include "search/flowlayout.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

AttachmentBar::AttachmentBar(const Theme *theme, AttachmentDraft *draft, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_draft(draft)
    , m_layout(new FlowLayout(this))
    , m_coming(new QLabel(tr("Copying…"), this))
{
    setObjectName(u"attachments"_s);
    setAccessibleName(tr("Attachments"));
    m_coming->setObjectName(u"comingAttachments"_s);
    m_layout->addWidget(m_coming);
    connect(draft, &AttachmentDraft::changed, this, &AttachmentBar::refresh);
    connect(theme, &Theme::changed, this, &AttachmentBar::rebuild);
    rebuild();
}

void AttachmentBar::refresh()
{
    const bool isSame = std::ranges::equal(m_chips, m_draft->files(), {},
                                           [](const AttachmentChip *chip) { return chip->file(); });
    if (!isSame)
        rebuild();
    m_coming->setVisible(m_draft->isBusy());
    setVisible(!m_chips.empty() || m_draft->isBusy());
}

void AttachmentBar::rebuild()
{
    for (AttachmentChip *chip : m_chips) {
        // The click that takes it away may still be running inside it.
        m_layout->removeWidget(chip);
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    m_layout->removeWidget(m_coming);
    QWidget *before = this;
    for (const Attachment &file : m_draft->files()) {
        auto *chip = new AttachmentChip(m_theme, file, m_draft->pathOf(file), this);
        connect(chip, &AttachmentChip::removeAsked, this, [this, chip] { remove(chip); });
        m_layout->addWidget(chip);
        setTabOrder(before, chip);
        before = chip;
        chip->show();
        m_chips.push_back(chip);
    }
    m_layout->addWidget(m_coming);
    m_layout->setSpacing(m_theme->px(Metric::within));
    m_layout->setContentsMargins(m_theme->px(Metric::frameInset), 0, 0, m_theme->px(Metric::step));
    m_coming->setFont(m_theme->font(FontRole::Small));
    QPalette quiet = m_coming->palette();
    quiet.setColor(QPalette::WindowText, m_theme->colour(ColourRole::InkQuiet));
    m_coming->setPalette(quiet);
    m_coming->setVisible(m_draft->isBusy());
    setVisible(!m_chips.empty() || m_draft->isBusy());
}

void AttachmentBar::remove(const AttachmentChip *chip)
{
    const bool hadFocus = chip->hasFocus();
    const auto index = std::ranges::find(m_chips, chip) - m_chips.begin();
    m_draft->remove(Attachment(chip->file()));
    if (!hadFocus)
        return;
    if (m_chips.empty())
        Q_EMIT emptied();
    else
        m_chips[std::min<std::size_t>(std::size_t(index), m_chips.size() - 1)]->setFocus(
            Qt::OtherFocusReason);
}

} // namespace Parlance
