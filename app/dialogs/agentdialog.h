// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/agentbook.h"
#include "core/agent.h"
#include "dialogs/formdialog.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace Parlance {

class ColourPicker;
class HeaderRows;
class IdentityBook;
class NetworkBook;
class NetworkFields;
class SentTokenChoice;
class SignInChoice;
class SocketFields;
class TargetFields;
class TokenField;
class Workspace;

//! Adds an agent, or changes one. Of the built-in agent only what does not say where it is.
class AgentDialog : public FormDialog
{
    Q_OBJECT
public:
    AgentDialog(const Theme *theme, Workspace *workspace, std::optional<Agent> existing,
                QWidget *parent = nullptr);

Q_SIGNALS:
    //! Once the agent, and its token if one was pasted, are kept.
    void saved(const Parlance::AgentId &id);

private:
    void makeBasics();
    void makeMore();
    void makeSignIn();
    void makeTemplate();
    void makeNetwork();
    void testHost();
    void load();
    Agent edited() const;
    AgentTarget editedTarget() const;

    void checkTemplate();
    void checkHeaders();
    void showKind();
    void showSignIn();
    void setMoreShown(bool isShown);
    void askForToken();
    void forgetToken();

    void save();
    //! With a network that can be used, and whose secrets are kept.
    void keep(const Agent &draft);
    void keepNetwork(const Agent &draft);
    void keepToken();
    void onTokenKept(const Result<SecretDurability> &kept);
    void setBusy(bool isBusy);
    void refuse(const Error &error);

    AgentBook *m_book;
    IdentityBook *m_identities;
    Agent m_agent; //!< as it was last saved
    bool m_isBuiltIn = false;
    bool m_isSaved = false; //!< only leaving is left
    QLineEdit *m_name = nullptr;
    ColourPicker *m_colour = nullptr;
    TargetFields *m_target = nullptr;
    SocketFields *m_socket = nullptr;
    SignInChoice *m_signIn = nullptr;
    QWidget *m_sentTokenSection = nullptr;
    SentTokenChoice *m_sentToken = nullptr;
    QWidget *m_tokenSection = nullptr;
    TokenField *m_token = nullptr;
    ThemedLabel *m_tokenHelp = nullptr;
    QPushButton *m_moreButton = nullptr;
    QWidget *m_more = nullptr;
    QWidget *m_templateSection = nullptr;
    QPlainTextEdit *m_template = nullptr;
    ThemedLabel *m_templateHelp = nullptr;
    HeaderRows *m_headers = nullptr;
    ThemedLabel *m_headersHelp = nullptr;
    QWidget *m_endpointSection = nullptr;
    QLineEdit *m_endpoint = nullptr;
    QSpinBox *m_connectTimeout = nullptr;
    QSpinBox *m_idleTimeout = nullptr;
    NetworkBook *m_networkBook;
    QComboBox *m_network = nullptr;
    NetworkFields *m_networkFields = nullptr;
    QCheckBox *m_isProduction = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace Parlance
