// SPDX-License-Identifier: Apache-2.0
#include "chat/schemareader.h"
#include "forms/schemaform.h"
#include "theme/appearance.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

const QByteArray stay = R"({"type":"object","properties":{
    "name":{"type":"string","title":"Name","minLength":2},
    "nights":{"type":"integer","title":"Nights","minimum":1,"maximum":14,"description":"At most two weeks"},
    "room":{"type":"string","title":"Room","enum":["single","double"],"default":"single"},
    "extras":{"type":"array","title":"Extras","items":{"enum":["breakfast","parking"]}},
    "late":{"type":"boolean","title":"Late arrival"},
    "guests":{"type":"array","title":"Guests","items":{"type":"string"}},
    "address":{"type":"object","title":"Address","properties":{"city":{"type":"string","title":"City"},
        "zip":{"type":"string","title":"Zip"}},"required":["city"]},
    "notes":{"type":"string","title":"Notes","maxLength":2000},
    "raw":{"type":"object","title":"Raw"}},"required":["name","nights"]})";

} // namespace

//! A form as somebody fills it in.
class TestSchemaForm : public QObject
{
    Q_OBJECT
private:
    Theme m_theme;
    std::unique_ptr<SchemaForm> m_form;

    template <typename Widget> Widget *field(const char *name) const
    {
        return m_form->findChild<Widget *>(QStringLiteral("field-") + QString::fromLatin1(name));
    }
    QString problem(const char *name) const
    {
        const auto *label =
            m_form->findChild<QLabel *>(QStringLiteral("problem-") + QString::fromLatin1(name));
        return label->isHidden() ? QString() : label->text();
    }

private Q_SLOTS:
    void init()
    {
        m_form = std::make_unique<SchemaForm>(&m_theme, readSchema(stay));
        m_form->show();
    }

    void leavesOutWhatIsNotFilledIn()
    {
        QCOMPARE(compact(m_form->value()), QByteArray(R"({"room":"single"})"));
        m_form->check();
        QCOMPARE(problem("name"), u"This is needed."_s);
        QCOMPARE(problem("nights"), u"This is needed."_s);
        QCOMPARE(problem("address"), QString());
        QCOMPARE(problem("city"), QString());
    }

    void givesWhatWasFilledIn()
    {
        QSignalSpy changed(m_form.get(), &FieldEditor::changed);
        QTest::keyClicks(field<QLineEdit>("name"), u"Ann"_s);
        QCOMPARE(changed.count(), 3);
        field<QLineEdit>("nights")->setText(u"3"_s);
        field<QComboBox>("room")->setCurrentIndex(2);
        m_form->findChild<QCheckBox *>(u"field-extras-2"_s)->click();
        field<QCheckBox>("late")->click();
        QTest::mouseClick(m_form->findChild<QPushButton *>(u"add-guests"_s), Qt::LeftButton);
        auto *guest = m_form->findChild<QLineEdit *>(u"field"_s);
        QVERIFY(guest);
        guest->setText(u"Bob"_s);
        field<QLineEdit>("city")->setText(u"Rome"_s);
        field<QPlainTextEdit>("notes")->setPlainText(u"Two\nlines"_s);
        field<QPlainTextEdit>("raw")->setPlainText(u"{\"a\":1}"_s);
        QVERIFY(!m_form->check());
        QCOMPARE(
            compact(m_form->value()),
            QByteArray(
                R"({"address":{"city":"Rome"},"extras":["parking"],"guests":["Bob"],"late":true,"name":"Ann","nights":3,"notes":"Two\nlines","raw":{"a":1},"room":"double"})"));
    }

    void saysWhatIsWrongBesideTheField()
    {
        field<QLineEdit>("name")->setText(u"A"_s);
        field<QLineEdit>("nights")->setText(u"30"_s);
        field<QLineEdit>("zip")->setText(u"1"_s);
        field<QPlainTextEdit>("raw")->setPlainText(u"{"_s);
        QCOMPARE(m_form->check(), field<QLineEdit>("name"));
        QCOMPARE(problem("name"), u"At least 2 character(s) are needed."_s);
        QCOMPARE(problem("nights"), u"At most 14 is allowed."_s);
        QCOMPARE(problem("city"), u"This is needed."_s);
        QVERIFY(problem("raw").startsWith(u"This is not JSON"_s));
        QCOMPARE(field<QLineEdit>("nights")->accessibleDescription(), u"At most 14 is allowed."_s);
        // Mended while it is typed.
        field<QLineEdit>("nights")->setText(u"3"_s);
        QCOMPARE(problem("nights"), QString());
        QCOMPARE(field<QLineEdit>("nights")->accessibleDescription(), u"At most two weeks"_s);
        field<QLineEdit>("nights")->setText(u"three"_s);
        QCOMPARE(problem("nights"), u"This is not a number."_s);
    }

    void namesEveryFieldForAScreenReader()
    {
        QCOMPARE(field<QLineEdit>("name")->accessibleName(), u"Name"_s);
        QCOMPARE(field<QComboBox>("room")->accessibleName(), u"Room"_s);
        QCOMPARE(m_form->findChild<QCheckBox *>(u"field-extras-1"_s)->accessibleName(),
                 u"Extras: breakfast"_s);
        for (const QWidget *widget : m_form->findChildren<QWidget *>()) {
            // The list of a box that folds out is a window of its own.
            if (widget->window() == m_form.get() && (widget->focusPolicy() & Qt::TabFocus)
                && !widget->focusProxy() && !widget->objectName().startsWith(u"qt_"_s))
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void keepsADraft()
    {
        field<QLineEdit>("nights")->setText(u"1x"_s);
        field<QPlainTextEdit>("raw")->setPlainText(u"{\"half\":"_s);
        QTest::mouseClick(m_form->findChild<QPushButton *>(u"add-guests"_s), Qt::LeftButton);
        const QJsonValue draft = m_form->draft();
        SchemaForm again(&m_theme, readSchema(stay));
        again.setDraft(QJsonDocument::fromJson(QJsonDocument(draft.toObject()).toJson()).object());
        QCOMPARE(again.draft(), draft);
        QCOMPARE(again.findChild<QLineEdit *>(u"field-nights"_s)->text(), u"1x"_s);
        QCOMPARE(again.findChild<QPlainTextEdit *>(u"field-raw"_s)->toPlainText(), u"{\"half\":"_s);
    }

    void isAFieldOfJsonForWhatItCannotShow()
    {
        SchemaForm form(&m_theme, readSchema(R"({"anyOf":[{"type":"string"},{"type":"number"}]})"));
        auto *edit = form.findChild<QPlainTextEdit *>();
        QVERIFY(edit);
        edit->setPlainText(u"5"_s);
        QVERIFY(!form.check());
        QCOMPARE(form.value(), QJsonValue(5));
    }

    void removesAnItem()
    {
        m_form->setValue(QJsonObject{{u"guests"_s, QJsonArray{u"Ann"_s, u"Bob"_s}}});
        const auto removes = m_form->findChildren<QPushButton *>(u"removeItem"_s);
        QCOMPARE(removes.size(), 2);
        QTest::mouseClick(removes[0], Qt::LeftButton);
        QCOMPARE(m_form->value().toObject().value(u"guests"_s), QJsonValue(QJsonArray{u"Bob"_s}));
    }
};

QTEST_MAIN(TestSchemaForm)
#include "tst_schemaform.moc"
