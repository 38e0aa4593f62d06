// SPDX-License-Identifier: Apache-2.0
#include "transcript/filesaving.h"

#include "core/runaside.h"
#include "core/whendone.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

constexpr qsizetype longestName = 60;
constexpr qsizetype longestSuffix = 8;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::FileSaving)
};

Result<QString> written(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return path;
    return failure(ErrorKind::Internal,
                   Words::tr("The file could not be written: %1").arg(file.errorString()));
}

} // namespace

QString safeFileName(const QString &name)
{
    const QFileInfo whole(name);
    const bool hasSuffix = !whole.completeBaseName().isEmpty() && !whole.suffix().isEmpty()
        && whole.suffix().size() <= longestSuffix;
    const auto cleaned = [](QString part) {
        for (QChar &c : part)
            c = c.isLetterOrNumber() || c == u' ' || c == u'-' ? c : u'_';
        return part.trimmed();
    };
    const QString base = cleaned((hasSuffix ? whole.completeBaseName() : name).left(longestName));
    if (base.isEmpty())
        return {};
    return hasSuffix ? QString(base + u'.' + cleaned(whole.suffix())) : base;
}

void saveFile(const SavedFile &file, QWidget *parent,
              const std::function<void(const Result<QString> &)> &onEnd)
{
    auto *dialog = new QFileDialog(parent, file.title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString name = safeFileName(file.name);
    dialog->selectFile(file.suffix.isEmpty() ? name : QString(name + u'.' + file.suffix));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [parent, onEnd, bytes = file.bytes](const QString &path) {
                         whenDone(runAside([path, bytes] { return written(path, bytes); }), parent, onEnd);
                     });
    dialog->open();
}

} // namespace Parlance
