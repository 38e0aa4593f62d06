// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"
#include "window/qualifierpopup.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

//! Choosing the endpoint of a conversation.
class TestQualifierPopup : public QObject
{
    Q_OBJECT
private:
    static std::vector<RuntimeEndpoint> endpoints(int stages)
    {
        std::vector<RuntimeEndpoint> made{
            {.name = u"DEFAULT"_s, .liveVersion = u"8"_s, .targetVersion = u"8"_s},
            {.name = u"prod"_s, .liveVersion = u"3"_s, .targetVersion = u"4"_s}};
        for (int stage = 0; stage < stages; ++stage)
            made.push_back({.name = u"stage_%1"_s.arg(stage), .liveVersion = u"1"_s});
        return made;
    }

    QStringList choices() const
    {
        QStringList shown;
        for (const QPushButton *button : m_popup->findChildren<QPushButton *>()) {
            if (button->objectName().startsWith(u"qualifier-"_s) && !button->isHidden())
                shown.append(button->text());
        }
        return shown;
    }

    Theme m_theme;
    QWidget m_window;
    QPointer<QualifierPopup> m_popup;

private Q_SLOTS:
    void init()
    {
        m_popup = new QualifierPopup(&m_theme, {u"beta"_s, QString()}, u"beta"_s, &m_window);
        m_popup->openAt({});
    }
    void cleanup() { delete m_popup; }

    void showsEachEndpointWithWhatItServes()
    {
        QCOMPARE(choices(), (QStringList{u"beta"_s, u"DEFAULT"_s}));
        m_popup->setEndpoints(endpoints(0));
        QCOMPARE(choices(),
                 (QStringList{u"beta"_s, u"DEFAULT · version 8"_s, u"prod · version 3, soon 4"_s}));
        const auto *prod = m_popup->findChild<QPushButton *>(u"qualifier-prod"_s);
        QCOMPARE(prod->accessibleName(), u"prod"_s);
        QCOMPARE(prod->accessibleDescription(), u"version 3, soon 4"_s);
    }

    void filtersAsOneTypes()
    {
        m_popup->setEndpoints(endpoints(120));
        QCOMPARE_EQ(choices().size(), 8);
        auto *field = m_popup->findChild<QLineEdit *>(u"qualifierField"_s);
        QTest::keyClicks(field, u"GE_117"_s);
        QCOMPARE(choices(), QStringList{u"stage_117 · version 1"_s});
        QSignalSpy chosen(m_popup, &QualifierPopup::qualifierChosen);
        m_popup->findChild<QPushButton *>(u"qualifier-stage_117"_s)->click();
        QCOMPARE(chosen.value(0).value(0).toString(), u"stage_117"_s);
    }

    void takesANameThatNobodyKnows()
    {
        m_popup->setNote(u"This identity may not list the endpoints of this agent."_s);
        QVERIFY(m_popup->findChild<QLabel *>(u"qualifierNote"_s)->isVisible());
        QSignalSpy chosen(m_popup, &QualifierPopup::qualifierChosen);
        auto *field = m_popup->findChild<QLineEdit *>(u"qualifierField"_s);
        QTest::keyClicks(field, u"other"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(chosen.value(0).value(0).toString(), u"other"_s);
        QTRY_VERIFY(!m_popup);
    }
};

QTEST_MAIN(TestQualifierPopup)
#include "tst_qualifierpopup.moc"
