// SPDX-License-Identifier: Apache-2.0
#include "transcript/announcer.h"

#include <QAccessibleWidget>
#include <QWindow>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// As many as a reader may be behind.
constexpr size_t keptNotifications = 200;

//! One sentence, for as long as it may be asked for.
class Spoken : public QAccessibleInterface
{
public:
    Spoken(Announcer *announcer, const QString &words)
        : m_announcer(announcer)
        , m_words(words)
    {
    }

    bool isValid() const override { return true; }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_announcer->window()->windowHandle(); }
    QAccessibleInterface *parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_announcer);
    }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name ? m_words : QString();
    }
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override { return {m_announcer->mapToGlobal(QPoint()), m_announcer->size()}; }
    QAccessible::Role role() const override { return QAccessible::Notification; }
    QAccessible::State state() const override { return {}; }

private:
    Announcer *m_announcer;
    QString m_words;
};

class AnnouncerAccessible : public QAccessibleWidget
{
public:
    explicit AnnouncerAccessible(Announcer *announcer)
        : QAccessibleWidget(announcer, QAccessible::AlertMessage)
        , m_announcer(announcer)
    {
    }
    int childCount() const override { return int(m_announcer->spoken().size()); }
    QAccessibleInterface *child(int index) const override
    {
        return index < 0 || index >= childCount()
            ? nullptr
            : QAccessible::accessibleInterface(m_announcer->spoken()[size_t(index)]);
    }
    int indexOfChild(const QAccessibleInterface *wanted) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == wanted)
                return i;
        }
        return -1;
    }

private:
    Announcer *m_announcer;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *announcer = qobject_cast<Announcer *>(object);
    return announcer ? new AnnouncerAccessible(announcer) : nullptr;
}

void tell(QAccessibleInterface *interface, QAccessible::Event kind)
{
    QAccessibleEvent event(interface, kind);
    QAccessible::updateAccessibility(&event);
}

} // namespace

Announcer::Announcer(QWidget *parent)
    : QWidget(parent)
{
    // The factory is a plain function in a list: installing it anew replaces nothing.
    QAccessible::removeFactory(makeInterface);
    QAccessible::installFactory(makeInterface);
    setObjectName(u"announcer"_s);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setGeometry(0, 0, 1, 1);
    lower();
}

Announcer::~Announcer()
{
    for (const QAccessible::Id id : std::exchange(m_spoken, {}))
        QAccessible::deleteAccessibleInterface(id);
}

void Announcer::say(const QString &sentence, ReaderBus::Urgency urgency)
{
    setAccessibleName(sentence);
    speak(sentence, urgency);
}

void Announcer::readOut(const QString &sentence, ReaderBus::Urgency urgency)
{
    speak(sentence, urgency);
}

void Announcer::speak(const QString &sentence, ReaderBus::Urgency urgency)
{
    Q_EMIT said(sentence);
    if (!QAccessible::isActive())
        return;
    QAccessibleInterface *words = new Spoken(this, sentence);
    m_spoken.push_back(QAccessible::registerAccessibleInterface(words));
    while (m_spoken.size() > keptNotifications) {
        QAccessible::deleteAccessibleInterface(m_spoken.front());
        m_spoken.pop_front();
    }
    // What the platform is meant to speak; on Linux Qt sends it nowhere.
    tell(words, QAccessible::Alert);
    m_bus.speak(words, sentence, urgency);
}

} // namespace Parlance
