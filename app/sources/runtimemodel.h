// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/runtime.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

namespace Parlance {

//! The runtimes found so far that fit what was typed, in the service's order. Has the roles that
//! RowDelegate draws.
class RuntimeModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void clear();
    void add(const std::vector<RuntimeSummary> &runtimes);
    void setFilter(const QString &filter);
    //! What a row can tell besides its summary, once it was read.
    void setDetails(const QString &arn, const RuntimeDetails &details);

    const RuntimeSummary &at(int row) const { return m_all[m_shown[size_t(row)]]; }
    QModelIndex indexOf(const QString &arn) const;
    int foundCount() const { return int(m_all.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString detailOf(const RuntimeSummary &runtime) const;

    std::vector<RuntimeSummary> m_all;
    std::vector<size_t> m_shown;
    std::map<QString, QString> m_facts; //!< by ARN: protocol and authorizer
    QString m_filter;
};

} // namespace Parlance
