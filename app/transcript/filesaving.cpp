// SPDX-License-Identifier: Apache-2.0
#include "transcript/filesaving.h"

#include "core/filename.h"
#include "core/runaside.h"
#include "core/whendone.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::FileSaving)
};

bool write(QSaveFile &file, const QByteArray &bytes)
{
    return file.write(bytes) == bytes.size();
}

// In pieces, since it may be large.
bool copy(QSaveFile &file, QFile &from)
{
    constexpr qint64 step = qint64(1024) * 1024;
    if (!from.open(QIODevice::ReadOnly)) {
        file.cancelWriting();
        return false;
    }
    while (!from.atEnd()) {
        if (!write(file, from.read(step)))
            return false;
    }
    return true;
}

Result<QString> written(const QString &path, const SavedFile &what)
{
    QSaveFile file(path);
    QFile from(what.copyOf);
    const bool isOpen = file.open(QIODevice::WriteOnly);
    if (isOpen && (what.copyOf.isEmpty() ? write(file, what.bytes) : copy(file, from)) && file.commit())
        return path;
    const bool isLost = isOpen && !what.copyOf.isEmpty() && !from.isOpen();
    return failure(
        ErrorKind::Internal,
        Words::tr("The file could not be written: %1").arg(isLost ? from.errorString() : file.errorString()));
}

} // namespace

void saveFile(const SavedFile &file, QWidget *parent,
              const std::function<void(const Result<QString> &)> &onEnd)
{
    auto *dialog = new QFileDialog(parent, file.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString name = fileNameFor(file.name);
    dialog->selectFile(file.suffix.isEmpty() ? name : QString(name + u'.' + file.suffix));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [parent, onEnd, file](const QString &path) {
        whenDone(runAside([path, file] { return written(path, file); }), parent, onEnd);
    });
    dialog->open();
}

} // namespace Parlance
