// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/formdialog.h"
#include "qa/runsetup.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace Parlance {

class Workspace;

//! Asks of whom a suite is asked, how often and how fast. What of its file is not supported stands above.
class RunDialog : public FormDialog
{
    Q_OBJECT
public:
    //! A run that others can be held against.
    struct Earlier
    {
        RunId id = {};
        QString name = {};
    };
    RunDialog(const Theme *theme, Workspace *workspace, const QString &path, HashedSuite suite,
              const std::vector<Earlier> &earlier, QWidget *parent);

    //! As an earlier run was made.
    void choose(const Run &like);
    void chooseAgent(const AgentId &agent);
    //! "3:12: not supported: …", a line for each.
    static QString findingsText(const std::vector<SuiteFinding> &findings);

Q_SIGNALS:
    void chosen(const Parlance::Agent &agent, const Parlance::Suite &suite, const Parlance::Run &run);

private:
    void makeFindings();
    void makeFields();
    void showAgent();
    void offerKnown();
    void refresh();
    void take();
    QStringList qualifiers() const;
    const Agent *agent() const;

    Workspace *m_workspace;
    QString m_path;
    HashedSuite m_suite;
    std::vector<Earlier> m_earlier;
    QStringList m_known;
    QComboBox *m_agent = nullptr;
    QLineEdit *m_qualifiers = nullptr;
    QComboBox *m_baseline = nullptr;
    bool m_isBaselineChosen = false; //!< by somebody
    QSpinBox *m_repeats = nullptr;
    QSpinBox *m_concurrency = nullptr;
    QSpinBox *m_rate = nullptr;
    QCheckBox *m_ends = nullptr;
    ThemedLabel *m_estimate = nullptr;
    QPushButton *m_begin = nullptr;
};

} // namespace Parlance
