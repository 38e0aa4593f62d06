// SPDX-License-Identifier: Apache-2.0
#include "attachments/attachcommands.h"

#include "attachments/attachmentdraft.h"
#include "window/actions.h"
#include "window/composer.h"
#include "window/notices.h"

#include <QAction>
#include <QFileDialog>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

AttachCommands::AttachCommands(const Actions *actions, Composer *composer, Notices *notices, QWidget *window)
    : QObject(window)
    , m_composer(composer)
    , m_window(window)
{
    connect(actions->attach, &QAction::triggered, this, &AttachCommands::choose);
    connect(composer, &Composer::attachAsked, this, &AttachCommands::choose);
    connect(composer->attachments(), &AttachmentDraft::failed, notices, [notices](const QString &sentence) {
        // Of several that cannot be attached each is told.
        const Notice *before = notices->find(u"attach"_s);
        const QString text =
            before && !before->text.contains(sentence) ? QString(before->text % u'\n' % sentence) : sentence;
        notices->show({.key = u"attach"_s, .tone = NoticeTone::Caution, .text = text, .lifetime = 20s});
    });
}

void AttachCommands::attach(const QStringList &paths)
{
    m_composer->attachments()->addFiles(paths);
    m_composer->focusText();
}

void AttachCommands::choose()
{
    if (!m_composer->attachments()->mayAdd())
        return;
    auto *dialog = new QFileDialog(m_window, tr("Attach files"));
    dialog->setObjectName(u"attachFiles"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &AttachCommands::attach);
    dialog->open();
}

} // namespace Parlance
