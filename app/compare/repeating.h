// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"

#include "qa/statistics.h"
#include "qa/suiterunner.h"

#include <QTimer>

namespace Parlance {

//! The same words to endpoints again and again, each time in a session of its own. Kept as the runs of suites
//! are, one for each agent.
class Repeating : public QObject
{
    Q_OBJECT
public:
    struct Column
    {
        ColumnChoice choice = {};
        QString name = {};
        std::vector<Message> messages = {}; //!< the answers that came, in the order they ended
        std::vector<Answer> answers = {}; //!< the same, as they are compared
    };

    //! Endpoints that are named twice are asked once.
    Repeating(Workspace *workspace, const QString &prompt, const std::vector<ColumnChoice> &choices,
              int times, QObject *parent = nullptr);
    //! What is under way counts as not asked.
    ~Repeating() override;

    void start();
    //! Ends what is under way, too.
    void stop();

    const QString &prompt() const { return m_prompt; }
    int times() const { return m_times; }
    const std::vector<Column> &columns() const { return m_columns; }
    bool isRunning() const;
    bool isStopped() const { return m_isStopped; }
    //! Of all columns.
    int answerCount() const;
    int questionCount() const { return m_times * int(m_columns.size()); }

Q_SIGNALS:
    //! Answers have come since, told no more often than somebody could see.
    void changed();
    //! A sentence: something cannot be kept.
    void failed(const QString &sentence);

private:
    struct Part //!< of one agent
    {
        Agent agent = {};
        std::vector<std::size_t> columns = {}; //!< by target
        std::unique_ptr<SuiteRunner> runner = nullptr;
        bool hasEnded = false;
    };

    void launch(Part &part);
    void onEnded(Part &part);

    Workspace *m_workspace;
    QString m_prompt;
    int m_times;
    std::vector<Column> m_columns;
    std::vector<std::unique_ptr<Part>> m_parts;
    QTimer m_tell;
    bool m_isStopped = false;
};

} // namespace Parlance
