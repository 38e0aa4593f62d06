// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"
#include "qa/evidence.h"

#include <QDialog>

class QComboBox;
class QPushButton;

namespace Parlance {

class Panel;
class Replayer;
class Theme;
class ThemedLabel;
class TranscriptView;

//! A file of evidence, to read and to see once more as it came. Needs nothing but the file: no account, no
//! agent, nothing that is kept here. Nothing in it can be sent or changed.
class EvidenceWindow : public QDialog
{
    Q_OBJECT
public:
    EvidenceWindow(const Theme *theme, Bundle bundle, const QString &path, QWidget *parent = nullptr);
    ~EvidenceWindow() override;

    Replayer *replayer() const { return m_replayer; }

private:
    QWidget *makeBanner();
    QWidget *makeHead();
    QWidget *makeBar();
    QPushButton *button(const QString &name, const QString &text, const QString &tip);
    void showSubject(int index);
    void showFacts(const BundleSubject &subject, int index);
    void refreshBar();

    const Theme *m_theme;
    Bundle m_bundle;
    Agent m_agent;
    Replayer *m_replayer = nullptr;
    TranscriptView *m_transcript = nullptr;
    ThemedLabel *m_title = nullptr;
    ThemedLabel *m_facts = nullptr;
    ThemedLabel *m_verdict = nullptr;
    ThemedLabel *m_position = nullptr;
    QPushButton *m_play = nullptr;
    QPushButton *m_step = nullptr;
    QPushButton *m_startOver = nullptr;
    QPushButton *m_showAll = nullptr;
    QComboBox *m_subjects = nullptr; //!< null: there is but one
};

} // namespace Parlance
