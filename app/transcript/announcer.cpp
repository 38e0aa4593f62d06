// SPDX-License-Identifier: Apache-2.0
#include "transcript/announcer.h"

#include <QAccessible>
#include <QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *announcer = qobject_cast<Announcer *>(object);
    return announcer ? new QAccessibleWidget(announcer, QAccessible::AlertMessage) : nullptr;
}

void tell(QObject *object, QAccessible::Event kind)
{
    QAccessibleEvent event(object, kind);
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

void Announcer::say(const QString &sentence)
{
    setAccessibleName(sentence);
    // Alert is what the platform is meant to speak; on Linux Qt sends it nowhere, but readers there speak
    // an alert that comes to be shown.
    tell(this, QAccessible::ObjectShow);
    tell(this, QAccessible::Alert);
    Q_EMIT said(sentence);
}

} // namespace Parlance
