// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/attachment.h"
#include "core/requestbody.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace Parlance {

//! How files stand in what is sent to an agent.
enum class AttachmentForm {
    Plain, //!< {"name", "mimeType", "data"}
    Converse, //!< content blocks of Bedrock's Converse: image, video, document
    AgUi, //!< input content of AG-UI
    A2a, //!< parts of A2A 0.3
    A2aOne, //!< parts of A2A 1.0
};

//! "converse", "ag-ui", "a2a", "a2a-1", as a payload template names them. Absent: no such form.
std::optional<AttachmentForm> attachmentFormFrom(QStringView name);

//! The type of a file whose format Converse calls so: "pdf" is application/pdf. Empty: there is no such
//! format.
QString converseType(QStringView format);

//! Puts attachments into JSON. Their bytes come last, and not through memory: each item holds a mark, which
//! body() makes the place of the bytes.
class AttachmentPayload
{
public:
    //! folder: of the kept files; see keptPath().
    explicit AttachmentPayload(QString folder);

    //! Errors: Validation, for what the form has no place for.
    Result<QJsonObject> item(const Attachment &attachment, AttachmentForm form);
    Result<QJsonArray> items(const std::vector<Attachment> &attachments, AttachmentForm form);
    //! Words and files of one message: an item for the words, unless there are none, then the files.
    Result<QJsonArray> content(const QString &words, const std::vector<Attachment> &attachments,
                               AttachmentForm form);
    //! JSON that was made with these items, ready to be sent.
    RequestBody body(const QByteArray &json) const;

private:
    QString mark(const Attachment &attachment);

    QString m_folder;
    QByteArray m_mark; //!< that nobody can have typed
    std::vector<Attachment> m_marked;
};

} // namespace Parlance
