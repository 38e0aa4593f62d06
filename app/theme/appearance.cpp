// SPDX-License-Identifier: Apache-2.0
#include "theme/appearance.h"

#include "theme/style.h"
#include "theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QScopedValueRollback>
#include <QToolTip>

namespace Parlance {

Appearance::Appearance(QApplication *application, Theme *theme, QObject *parent)
    : QObject(parent)
    , m_application(application)
    , m_theme(theme)
{
    {
        const QScopedValueRollback guard(m_isApplying, true);
        QApplication::setStyle(new Style(theme));
    }
    apply();
    connect(theme, &Theme::changed, this, &Appearance::apply);
    application->installEventFilter(this);
}

Appearance::~Appearance()
{
    const QScopedValueRollback guard(m_isApplying, true);
    QApplication::setStyle(QStringLiteral("Fusion"));
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    // Our own setPalette() sends the same event as a change of the desktop's does.
    const bool isOurs = m_isApplying || watched != m_application;
    if (!isOurs && event->type() == QEvent::ApplicationPaletteChange)
        QMetaObject::invokeMethod(this, &Appearance::readSystem, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void Appearance::readSystem()
{
    QPalette system;
    {
        const QScopedValueRollback guard(m_isApplying, true);
        // An empty palette takes ours away, so what is answered next is the desktop's.
        QApplication::setPalette(QPalette());
        system = QApplication::palette();
    }
    m_theme->setSystemPalette(system);
}

void Appearance::apply()
{
    const QScopedValueRollback guard(m_isApplying, true);
    QApplication::setFont(m_theme->font(FontRole::Body));
    const QPalette palette = m_theme->palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(m_theme->font(FontRole::Small));
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        // Metrics come from the theme, and no widget asks for them again by itself.
        QEvent change(QEvent::StyleChange);
        QCoreApplication::sendEvent(widget, &change);
        widget->update();
    }
}

} // namespace Parlance
