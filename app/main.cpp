// SPDX-License-Identifier: Apache-2.0
#include "auth/keychainstore.h"
#include "chat/workspace.h"
#include "core/log.h"
#include "core/paths.h"
#include "core/platform.h"
#include "demo/demoserver.h"
#include "store/store.h"
#include "theme/appearance.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"
#include "transport/networkcaller.h"
#include "transport/networkpolicy.h"
#include "transport/picturefetch.h"
#include "window/mainwindow.h"
#include "window/notices.h"
#include "window/settings.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTranslator>

using namespace Qt::StringLiterals;
using namespace Parlance;

int main(int argc, char *argv[])
{
    shareHeap();
    QCoreApplication::setApplicationName(u"parlance"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PARLANCE_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Parlance"_s);
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QGuiApplication::setDesktopFileName(u"dev.parlance.Parlance"_s);
    QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(u":/dev.parlance.Parlance.svg"_s));
    QTranslator translator;
    if (translator.load(QLocale(), u"parlance"_s, u"_"_s, u":/i18n"_s)
        || translator.load(u":/i18n/parlance_en.qm"_s))
        QCoreApplication::installTranslator(&translator);

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Chat with agents on Amazon Bedrock AgentCore Runtime."));
    parser.addHelpOption();
    parser.addVersionOption();
    if (!parser.parse(QCoreApplication::arguments()) || !parser.positionalArguments().isEmpty()) {
        const QString problem = parser.errorText().isEmpty()
            ? QCoreApplication::translate("main", "Parlance takes no arguments.")
            : parser.errorText();
        qCritical("%s", qUtf8Printable(problem));
        return 2;
    }
    parser.process(application);

    const Paths paths = Paths::fromEnvironment();
    paths.makeDirectories();
    Settings settings(paths.settingsFile());
    Theme theme;
    theme.setChoice(settings.themeChoice());
    theme.setTextSize(settings.textSize());
    const Appearance appearance(&application, &theme);

    DemoServer demo;
    const Result<QUrl> builtIn = demo.start();
    if (!builtIn)
        qCWarning(logApp, "%s", qUtf8Printable(builtIn.error().message));
    Store store(paths.databaseFile());
    KeychainStore secrets(u"parlance"_s);
    NetworkPolicy network(&secrets);
    Workspace workspace({.store = &store,
                         .secrets = &secrets,
                         .network = &network,
                         .builtInAgent = builtIn.value_or(QUrl()),
                         .settingsFile = paths.settingsFile()});
    Notices notices;
    MainWindow window({.workspace = &workspace, .settings = &settings, .theme = &theme, .notices = &notices});
    NetworkCaller pictures(&network);
    window.transcript()->setPictureLoader([&pictures](const QUrl &url, const PictureRoute &route) {
        return fetchPicture(&pictures, url, route);
    });
    window.show();
    workspace.start();
    return QApplication::exec();
}
