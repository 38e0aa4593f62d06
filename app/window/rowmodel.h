// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/health.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace Parlance {

//! What one row of the sidebar shows.
struct Row
{
    QString id = {};
    QString title = {};
    QString detail = {}; //!< the faint line below; empty: none
    int dot = -1; //!< index of an agent colour; -1: none
    Health::State health = Health::State::Unknown; //!< how the server is; Unknown: nothing is shown
    QString note = {}; //!< that in words
    bool isUnread = false;
    bool isStreaming = false;
    bool isEditable = false;
    friend bool operator==(const Row &, const Row &) = default;
};

//! Rows that are worked out anew and compared with what stood there, so that views keep their place,
//! their selection and an open editor.
class RowModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Roles { IdRole = Qt::UserRole + 1, DetailRole, DotRole, UnreadRole, StreamingRole, HealthRole };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    QModelIndex indexOf(const QString &id) const;
    const Row &at(int row) const { return m_rows[size_t(row)]; }

protected:
    void setRows(const std::vector<Row> &rows);
    //! "streaming", "unread" or both.
    static QString stateWords(const Row &row);
    //! What a screen reader says after the title and the detail.
    virtual QString spokenState(const Row &row) const;

private:
    std::vector<Row> m_rows;
};

} // namespace Parlance
