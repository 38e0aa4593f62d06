// SPDX-License-Identifier: Apache-2.0
#include "window/timeoutbutton.h"

#include "core/command.h"
#include "theme/style.h"
#include "window/settings.h"

#include <QActionGroup>
#include <QMenu>
#include <QSpinBox>
#include <QWidgetAction>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {
namespace {

QString timeText(std::chrono::seconds time)
{
    if (time == 3600s)
        return TimeoutButton::tr("1 h");
    if (time.count() >= 60 && time.count() % 60 == 0)
        return TimeoutButton::tr("%1 min").arg(time.count() / 60);
    return TimeoutButton::tr("%1 s").arg(time.count());
}

} // namespace

TimeoutButton::TimeoutButton(Settings *settings, QWidget *parent)
    : QPushButton(parent)
    , m_settings(settings)
{
    setObjectName(u"commandTimeout"_s);
    setButtonKind(this, ButtonKind::Flat);
    connect(this, &QPushButton::clicked, this, &TimeoutButton::choose);
    connect(settings, &Settings::changed, this, &TimeoutButton::refresh);
    refresh();
}

std::chrono::seconds TimeoutButton::timeout() const
{
    return m_settings->commandTimeout();
}

void TimeoutButton::setTimeout(std::chrono::seconds timeout)
{
    m_settings->setCommandTimeout(timeout);
}

void TimeoutButton::refresh()
{
    const QString words = tr("Time-out: %1").arg(timeText(timeout()));
    setText(words);
    setAccessibleName(words);
    setToolTip(tr("How long the command may take before the service ends it"));
}

void TimeoutButton::choose()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"timeoutMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    for (const std::chrono::seconds time : {10s, 60s, 300s, 900s, 3600s}) {
        QAction *action = menu->addAction(timeText(time), this, [this, time] { setTimeout(time); });
        action->setCheckable(true);
        action->setChecked(time == timeout());
        group->addAction(action);
    }
    menu->addSeparator();
    auto *seconds = new QSpinBox;
    seconds->setObjectName(u"timeoutSeconds"_s);
    seconds->setAccessibleName(tr("Another time-out, in seconds"));
    seconds->setToolTip(seconds->accessibleName());
    seconds->setRange(int(Command::shortestTimeout.count()), int(Command::longestTimeout.count()));
    seconds->setValue(int(timeout().count()));
    seconds->setSuffix(tr(" s"));
    // Once it is done with, not with each digit.
    connect(seconds, &QSpinBox::editingFinished, this,
            [this, seconds] { setTimeout(std::chrono::seconds(seconds->value())); });
    auto *other = new QWidgetAction(menu);
    other->setDefaultWidget(seconds);
    menu->addAction(other);
    menu->popup(mapToGlobal(rect().topLeft() - QPoint(0, menu->sizeHint().height())));
}

} // namespace Parlance
