// SPDX-License-Identifier: Apache-2.0
// Pictures in the transcript: opened, copied, saved, and fetched when a person asks; other attachments:
// saved.
#include "transcript/transcriptview.h"

#include "transcript/filesaving.h"
#include "transcript/picturedialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace Parlance {

void TranscriptView::onPictureChanged(PictureKey key)
{
    for (int row = 0; row < m_rows.count(); ++row) {
        if (m_rows.touchPicture(row, key))
            m_dirty.insert(row);
    }
    if (!m_dirty.empty())
        requestFrame();
}

void TranscriptView::actOnPicture(Hot::Action action, const LaidBlock &laid)
{
    if (action == Hot::Action::LoadPicture)
        m_pictures.ask(laid.picture);
    else if (action == Hot::Action::Save && laid.block.kind == BlockKind::Attachment)
        saveAttachment(laid.block);
    else if (action == Hot::Action::Save)
        savePicture(laid.picture, laid.block.texts[0].text);
    else
        openPicture(laid);
}

void TranscriptView::openPicture(const LaidBlock &laid)
{
    const QByteArray bytes = m_pictures.bytes(laid.picture);
    if (bytes.isEmpty())
        return;
    auto *dialog = new PictureDialog(m_theme, laid.block.texts[0].text, bytes, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TranscriptView::copyPicture(PictureKey key)
{
    const Picture picture = decodePicture(m_pictures.bytes(key), {}, true);
    if (!picture.image.isNull())
        QGuiApplication::clipboard()->setImage(picture.image);
}

void TranscriptView::savePicture(PictureKey key, const QString &name)
{
    const QByteArray bytes = m_pictures.bytes(key);
    if (!bytes.isEmpty())
        save({.title = tr("Save picture"),
              .name = safeFileName(name).isEmpty() ? tr("picture") : name,
              .suffix = pictureSuffix(bytes),
              .bytes = bytes});
}

void TranscriptView::saveAttachment(const Block &block)
{
    save({.title = tr("Save attachment"),
          .name = safeFileName(block.label).isEmpty() ? tr("attachment") : block.label,
          .bytes = block.data});
}

void TranscriptView::save(const SavedFile &file)
{
    saveFile(file, this, [this](const Result<QString> &saved) { Q_EMIT fileSaved(saved); });
}

void TranscriptView::addPictureActions(QMenu *menu, const QPointF &point)
{
    const HotAddress address = hotAtPoint(point);
    const LaidBlock *laid = blockAt({address.row, address.section, address.block, 0, 0});
    if (laid && laid->block.kind == BlockKind::Attachment && !laid->block.data.isEmpty())
        menu->addAction(tr("Save attachment as…"), this,
                        [this, block = laid->block] { saveAttachment(block); });
    if (!laid || laid->block.kind != BlockKind::Image || m_pictures.bytes(laid->picture).isEmpty())
        return;
    const PictureKey key = laid->picture;
    if (!laid->pictureRect.isNull())
        menu->addAction(tr("Copy image"), this, [this, key] { copyPicture(key); });
    menu->addAction(tr("Save image as…"), this,
                    [this, key, name = laid->block.texts[0].text] { savePicture(key, name); });
}

} // namespace Parlance
