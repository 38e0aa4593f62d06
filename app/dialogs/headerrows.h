// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/agent.h"

#include <QWidget>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Parlance {

class Theme;

//! Names and values of extra headers, one pair to a row.
class HeaderRows : public QWidget
{
    Q_OBJECT
public:
    explicit HeaderRows(const Theme *theme, QWidget *parent = nullptr);

    //! Rows without a name and a value are left out.
    QList<HttpHeader> headers() const;
    void setHeaders(const QList<HttpHeader> &headers);

Q_SIGNALS:
    void edited();
    //! A row came or went.
    void rowsChanged();

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QLineEdit *name = nullptr;
        QLineEdit *value = nullptr;
    };
    Row &addRow(const HttpHeader &header);
    void removeRow(QWidget *widget);

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QPushButton *m_add;
    std::vector<Row> m_rows;
};

} // namespace Parlance
