// SPDX-License-Identifier: Apache-2.0
// Pictures in the transcript: opened, copied, saved, and fetched when a person asks; other attachments:
// saved.
#include "transcript/transcriptview.h"

#include "chat/chat.h"
#include "core/filename.h"
#include "transcript/filesaving.h"
#include "transcript/picturedialog.h"

#include <QClipboard>
#include <QDir>
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
        m_pictures.ask(laid.picture, m_chat ? m_chat->agent().network : std::nullopt);
    else if (action == Hot::Action::Save && laid.block.kind == BlockKind::Attachment)
        saveAttachment(laid.block);
    else if (action == Hot::Action::Save)
        savePicture(laid.picture, laid.block.texts[0].text);
    else
        openPicture(laid);
}

void TranscriptView::openPicture(const LaidBlock &laid)
{
    const QString words = laid.block.texts[0].text;
    m_pictures.withBytes(laid.picture, this, [this, words](const QByteArray &bytes) {
        if (bytes.isEmpty())
            return;
        auto *dialog = new PictureDialog(m_theme, words, bytes, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void TranscriptView::copyPicture(PictureKey key)
{
    m_pictures.withBytes(key, this, [](const QByteArray &bytes) {
        const Picture picture = decodePicture(bytes, {}, true);
        if (!picture.image.isNull())
            QGuiApplication::clipboard()->setImage(picture.image);
    });
}

void TranscriptView::savePicture(PictureKey key, const QString &name)
{
    m_pictures.withBytes(key, this, [this, name](const QByteArray &bytes) {
        if (bytes.isEmpty()) {
            Q_EMIT fileSaved(failure(ErrorKind::Internal, tr("The kept copy of %1 is gone.").arg(name)));
            return;
        }
        const QString suffix = pictureSuffix(bytes);
        // An attached file has its suffix already.
        const bool hasSuffix = name.endsWith(QString(u'.' + suffix), Qt::CaseInsensitive);
        save({.title = tr("Save picture"),
              .name = fileNameFor(name, tr("picture")),
              .suffix = hasSuffix ? QString() : suffix,
              .bytes = bytes});
    });
}

void TranscriptView::saveAttachment(const Block &block)
{
    save({.title = tr("Save attachment"),
          .name = fileNameFor(block.label, tr("attachment")),
          .bytes = block.data,
          .copyOf =
              block.keptAs.isEmpty() ? QString() : QDir(m_pictures.keptFolder()).filePath(block.keptAs)});
}

void TranscriptView::save(const SavedFile &file)
{
    saveFile(file, this, [this](const Result<QString> &saved) { Q_EMIT fileSaved(saved); });
}

void TranscriptView::addPictureActions(QMenu *menu, const QPointF &point)
{
    const HotAddress address = hotAtPoint(point);
    const LaidBlock *laid = blockAt({address.row, address.section, address.block, 0, 0});
    if (laid && laid->block.kind == BlockKind::Attachment && laid->block.hasBytes())
        menu->addAction(tr("Save attachment as…"), this,
                        [this, block = laid->block] { saveAttachment(block); });
    if (!laid || laid->block.kind != BlockKind::Image || !m_pictures.hasBytes(laid->picture))
        return;
    const PictureKey key = laid->picture;
    if (!laid->pictureRect.isNull())
        menu->addAction(tr("Copy image"), this, [this, key] { copyPicture(key); });
    menu->addAction(tr("Save image as…"), this,
                    [this, key, name = laid->block.texts[0].text] { savePicture(key, name); });
}

} // namespace Parlance
