// SPDX-License-Identifier: Apache-2.0
// Pictures in the transcript: opened, copied, saved, and fetched when a person asks.
#include "transcript/transcriptview.h"

#include "transcript/picturedialog.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QSaveFile>

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
    else if (action == Hot::Action::SavePicture)
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
    if (bytes.isEmpty())
        return;
    auto *dialog = new QFileDialog(this, tr("Save picture"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    // The words come from the agent: nothing of them leads out of the folder.
    QString file = name.left(60);
    for (QChar &c : file)
        c = c.isLetterOrNumber() || c == u' ' || c == u'-' ? c : u'_';
    const QString base = file.trimmed().isEmpty() ? tr("picture") : file.trimmed();
    dialog->selectFile(base + u'.' + pictureSuffix(bytes));
    connect(dialog, &QFileDialog::fileSelected, this, [this, bytes](const QString &path) {
        QSaveFile saved(path);
        const bool isSaved =
            saved.open(QIODevice::WriteOnly) && saved.write(bytes) == bytes.size() && saved.commit();
        announce(isSaved ? tr("The picture is saved.") : tr("The picture could not be saved."));
    });
    dialog->open();
}

void TranscriptView::addPictureActions(QMenu *menu, const QPointF &point)
{
    const HotAddress address = hotAtPoint(point);
    const LaidBlock *laid = blockAt({address.row, address.section, address.block, 0, 0});
    if (!laid || laid->block.kind != BlockKind::Image || m_pictures.bytes(laid->picture).isEmpty())
        return;
    const PictureKey key = laid->picture;
    if (!laid->pictureRect.isNull())
        menu->addAction(tr("Copy image"), this, [this, key] { copyPicture(key); });
    menu->addAction(tr("Save image as…"), this,
                    [this, key, name = laid->block.texts[0].text] { savePicture(key, name); });
}

} // namespace Parlance
