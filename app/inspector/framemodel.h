// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/framelog.h"

#include <QAbstractListModel>
#include <QStringList>
#include <QTimer>

#include <vector>

namespace Parlance {

struct FrameFilter
{
    QString text = {}; //!< in the label or the payload, case aside
    QString type = {}; //!< first word of the label; empty: all
    friend bool operator==(const FrameFilter &, const FrameFilter &) = default;
    bool isEmpty() const { return text.isEmpty() && type.isEmpty(); }
};

//! The frames of one answer that pass a filter, in their order. Looks at a bounded number of frames at a
//! time, so that neither a long answer nor a key typed into the filter holds up the window.
class FrameModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        TimeRole = Qt::UserRole + 1, //!< seconds since the send, "0.214"
        LabelRole, //!< secrets masked
        SizeRole, //!< bytes, as shown
        SequenceRole,
        PartRole,
    };

    //! No slice of work looks at more rows than this, or many more bytes.
    static constexpr int rowsPerSlice = 4000;
    static constexpr qint64 bytesPerSlice = 2 * 1024 * 1024;

    explicit FrameModel(QObject *parent = nullptr);

    //! Not owned; may be null. Set null before the log goes.
    void setLog(const FrameLog *log);
    const FrameLog *log() const { return m_log; }
    void setFilter(const FrameFilter &filter);
    const FrameFilter &filter() const { return m_filter; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    //! Valid until the log changes.
    const FrameRow &rowAt(int row) const;
    //! -1 if it is not shown (yet).
    int rowOfSequence(int sequence) const;
    //! Every type seen so far, whatever the filter, in the order of their appearance.
    const QStringList &types() const { return m_types; }
    //! True while there are frames the filter has not looked at.
    bool isScanning() const;
    //! How many frames the last slice looked at.
    int lastSliceRows() const { return m_lastSliceRows; }

Q_SIGNALS:
    //! After each slice, and after a reset: counts and types may differ.
    void scanned();

private:
    void restart();
    void scanSlice();
    bool accepts(const FrameRow &row);
    void learnType(const FrameRow &row);

    const FrameLog *m_log = nullptr;
    FrameFilter m_filter;
    QByteArray m_needle; //!< filter text in lower case, if it is ASCII
    std::vector<int> m_visible; //!< indices into the log, ascending
    int m_scanned = 0;
    int m_typesScanned = 0; //!< types are learnt once, not again for each filter
    int m_lastSliceRows = 0;
    QStringList m_types;
    QTimer m_timer;
};

//! First word of a label: "text “ stays”" is of type "text".
QStringView frameType(const FrameRow &row);
//! "0.214"
QString frameTime(const Frame &frame);

} // namespace Parlance
