// SPDX-License-Identifier: Apache-2.0
#include "support/files.h"
#include "wire/attachmentpayload.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

Attachment file(const QString &name, const QString &type)
{
    return {.name = name, .mimeType = type, .data = "bytes"};
}

QString compact(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

//! An attachment as it is sent.
QString sent(const Attachment &attachment, AttachmentForm form)
{
    AttachmentPayload files({});
    const Result<QJsonObject> item = files.item(attachment, form);
    return item ? QString::fromUtf8(files.body(compact(*item).toUtf8()).bytes()) : u"refused"_s;
}

} // namespace

class TestAttachmentPayload : public QObject
{
    Q_OBJECT private Q_SLOTS : void writesEachForm_data()
    {
        QTest::addColumn<Attachment>("attachment");
        QTest::addColumn<AttachmentForm>("form");
        QTest::addColumn<QString>("wanted");
        const Attachment png = file(u"a.png"_s, u"image/png"_s);
        const Attachment zip = file(u"a.zip"_s, u"application/zip"_s);
        QTest::newRow("plain") << png << AttachmentForm::Plain
                               << uR"({"data":"Ynl0ZXM=","mimeType":"image/png","name":"a.png"})"_s;
        QTest::newRow("no type")
            << file(u"a"_s, {}) << AttachmentForm::Plain
            << uR"({"data":"Ynl0ZXM=","mimeType":"application/octet-stream","name":"a"})"_s;
        QTest::newRow("converse image") << png << AttachmentForm::Converse
                                        << uR"({"image":{"format":"png","source":{"bytes":"Ynl0ZXM="}}})"_s;
        QTest::newRow("converse jpeg") << file(u"a.JPG"_s, u"image/jpeg"_s) << AttachmentForm::Converse
                                       << uR"({"image":{"format":"jpeg","source":{"bytes":"Ynl0ZXM="}}})"_s;
        QTest::newRow("converse document")
            << file(u"Q3 (final)_ü.pdf"_s, u"application/pdf"_s) << AttachmentForm::Converse
            << uR"x({"document":{"format":"pdf","name":"Q3 (final)","source":{"bytes":"Ynl0ZXM="}}})x"_s;
        QTest::newRow("converse text by its name")
            << file(u"a.md"_s, u"text/plain"_s) << AttachmentForm::Converse
            << uR"({"document":{"format":"md","name":"a","source":{"bytes":"Ynl0ZXM="}}})"_s;
        QTest::newRow("converse other text")
            << file(u"a.cpp"_s, u"text/x-c++src"_s) << AttachmentForm::Converse
            << uR"({"document":{"format":"txt","name":"a","source":{"bytes":"Ynl0ZXM="}}})"_s;
        QTest::newRow("converse video")
            << file(u"a.3gp"_s, u"video/3gpp"_s) << AttachmentForm::Converse
            << uR"({"video":{"format":"three_gp","source":{"bytes":"Ynl0ZXM="}}})"_s;
        QTest::newRow("converse other") << zip << AttachmentForm::Converse << u"refused"_s;
        QTest::newRow("ag-ui image")
            << png << AttachmentForm::AgUi
            << uR"({"source":{"mimeType":"image/png","type":"data","value":"Ynl0ZXM="},"type":"image"})"_s;
        QTest::newRow("ag-ui other")
            << zip << AttachmentForm::AgUi
            << uR"({"source":{"mimeType":"application/zip","type":"data","value":"Ynl0ZXM="},"type":"document"})"_s;
        QTest::newRow("a2a")
            << png << AttachmentForm::A2a
            << uR"({"file":{"bytes":"Ynl0ZXM=","mimeType":"image/png","name":"a.png"},"kind":"file"})"_s;
        QTest::newRow("a2a 1.0") << png << AttachmentForm::A2aOne
                                 << uR"({"filename":"a.png","mediaType":"image/png","raw":"Ynl0ZXM="})"_s;
        const Attachment elsewhere{.name = u"b"_s, .mimeType = u"image/png"_s, .url = u"https://x/b"_s};
        QTest::newRow("address") << elsewhere << AttachmentForm::Plain
                                 << uR"({"mimeType":"image/png","name":"b","url":"https://x/b"})"_s;
        QTest::newRow("a2a address")
            << elsewhere << AttachmentForm::A2a
            << uR"({"file":{"mimeType":"image/png","name":"b","uri":"https://x/b"},"kind":"file"})"_s;
        QTest::newRow("converse address") << elsewhere << AttachmentForm::Converse << u"refused"_s;
    }
    void writesEachForm()
    {
        QFETCH(const Attachment, attachment);
        QFETCH(const AttachmentForm, form);
        QFETCH(const QString, wanted);
        QCOMPARE(sent(attachment, form), wanted);
    }

    void saysWhichFileHasNoPlace()
    {
        AttachmentPayload files({});
        const auto item = files.item(file(u"a.zip"_s, u"application/zip"_s), AttachmentForm::Converse);
        QVERIFY(!item && item.error().message.contains(u"a.zip"_s));
    }

    void readsKeptFilesOnTheWay()
    {
        const QTemporaryDir folder;
        Test::put(folder.filePath(u"k"_s), "kept");
        AttachmentPayload files(folder.path());
        const Attachment kept{
            .name = u"k.txt"_s, .mimeType = u"text/plain"_s, .keptAs = u"k"_s, .keptSize = 4};
        const auto content =
            files.content(u"look <0>"_s, {kept, file(u"b"_s, u"text/plain"_s)}, AttachmentForm::A2aOne);
        const RequestBody body = files.body(QJsonDocument(*content).toJson(QJsonDocument::Compact));
        QVERIFY(body.hasFiles());
        QCOMPARE(QString::fromUtf8(wholeBody(body).value()),
                 uR"([{"text":"look <0>"},{"filename":"k.txt","mediaType":"text/plain","raw":"a2VwdA=="},)"
                 uR"({"filename":"b","mediaType":"text/plain","raw":"Ynl0ZXM="}])"_s);
    }
};

QTEST_APPLESS_MAIN(TestAttachmentPayload)
#include "tst_attachmentpayload.moc"
