// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentproposal.h"
#include "core/error.h"
#include "core/runtime.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QLineEdit;
class QListView;
class QPushButton;

namespace Parlance {

class AwsIdentityChoice;
class EndpointChoice;
class RuntimeListing;
class RuntimeModel;
class Settings;
class Theme;
class ThemedLabel;
class Workspace;

//! Chooses a runtime and an endpoint among what an AWS account has deployed.
class RuntimePicker : public QWidget
{
    Q_OBJECT
public:
    RuntimePicker(const Theme *theme, Workspace *workspace, QWidget *parent = nullptr);
    ~RuntimePicker() override;

    //! Where identity and region are remembered; must outlive this. Without it nothing is.
    void setSettings(Settings *settings);
    //! Lists at once if it is known as whom and where; otherwise waits to be told.
    void start();
    //! What is chosen. Absent: nothing, nothing that one can chat with, or it is still being read.
    std::optional<AgentProposal> proposal() const;

Q_SIGNALS:
    //! What proposal() answers may differ now.
    void changed();
    //! Enter or a double click, once proposal() has something.
    void activated();
    //! The person would rather paste an ARN.
    void arnAsked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeFields();
    void makeList();
    void onIdentityChosen();
    void list();
    void onFinished(const std::optional<Error> &error);
    void onFilterTyped();
    void onRowChanged();
    void onActivated();
    void refreshNote();
    QString problemText(const Error &error) const;

    const Theme *m_theme;
    Workspace *m_workspace;
    Settings *m_settings = nullptr;
    AwsIdentityChoice *m_identity = nullptr;
    QComboBox *m_region = nullptr;
    QPushButton *m_list = nullptr;
    QLineEdit *m_filter = nullptr;
    RuntimeModel *m_rows;
    QListView *m_view = nullptr;
    ThemedLabel *m_note = nullptr;
    QPushButton *m_paste = nullptr;
    EndpointChoice *m_endpoint = nullptr;
    std::unique_ptr<RuntimeListing> m_listing;
    IdentityId m_listedAs;
    QString m_listedIn;
    std::optional<Error> m_problem;
    bool m_isTaking = false;
    bool m_isListing = false;
    bool m_hasListed = false;
    bool m_isActivated = false; //!< once it has been read
    bool m_hasStarted = false;
};

} // namespace Parlance
