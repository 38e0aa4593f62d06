// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"
#include "dialogs/formdialog.h"

namespace Parlance {

class ColumnChooser;

//! Asks which endpoints are to stand side by side, or which one is to come beside them.
class CompareDialog : public FormDialog
{
    Q_OBJECT
public:
    enum class Purpose {
        Begin,
        Add, //!< a column
        Replay,
    };

    CompareDialog(const Theme *theme, Workspace *workspace, Purpose purpose,
                  const std::vector<ColumnChoice> &first, QWidget *parent);

Q_SIGNALS:
    void chosen(const std::vector<Parlance::ColumnChoice> &choices);
    //! One that was begun before.
    void earlierChosen(const Parlance::ComparisonId &id);

private:
    void addChooser(const ColumnChoice &choice);
    void offerEarlier();
    void take();

    Workspace *m_workspace;
    QVBoxLayout *m_fields;
    std::vector<ColumnChooser *> m_choosers;
    int m_mostChoosers;
    QPushButton *m_more = nullptr;
};

} // namespace Parlance
