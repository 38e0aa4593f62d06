// SPDX-License-Identifier: Apache-2.0
#include "inspector/framemodel.h"

#include "inspector/masking.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

// Nobody reads faster, and each look costs a paint of the list.
constexpr std::chrono::milliseconds growthInterval{200};
// Where each look finds more than a screen of new rows, none is read before the stream slows down.
constexpr std::chrono::milliseconds fastGrowthInterval{500};
constexpr int rowsOfFastGrowth = 50;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

bool isAscii(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x80; });
}

bool containsAscii(const QByteArray &bytes, const QByteArray &lowerCaseNeedle)
{
    const auto isSame = [](char a, char b) { return lower(a) == b; };
    return std::search(bytes.cbegin(), bytes.cend(), lowerCaseNeedle.cbegin(), lowerCaseNeedle.cend(), isSame)
        != bytes.cend();
}

} // namespace

QStringView frameType(const FrameRow &row)
{
    const qsizetype space = row.label.indexOf(u' ');
    return space < 0 ? QStringView(row.label) : QStringView(row.label).first(space);
}

QString frameTime(const Frame &frame)
{
    return QString::number(double(frame.sinceSend.count()) / 1e6, 'f', 3);
}

FrameModel::FrameModel(QObject *parent)
    : QAbstractListModel(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FrameModel::scanSlice);
}

void FrameModel::setLog(const FrameLog *log)
{
    if (m_log)
        m_log->disconnect(this);
    m_log = log;
    if (m_log) {
        connect(m_log, &FrameLog::wasReset, this, &FrameModel::restart);
        connect(m_log, &FrameLog::rowsAppended, this, [this] {
            // Started only if it is not running: a steady stream of frames must not put it off.
            if (!m_timer.isActive())
                m_timer.start(m_lastSliceRows > rowsOfFastGrowth ? fastGrowthInterval : growthInterval);
        });
    }
    restart();
}

void FrameModel::setFilter(const FrameFilter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    m_needle = isAscii(filter.text) ? filter.text.toLower().toUtf8() : QByteArray();
    beginResetModel();
    m_visible.clear();
    m_scanned = 0;
    endResetModel();
    scanSlice();
}

void FrameModel::restart()
{
    beginResetModel();
    m_visible.clear();
    m_scanned = 0;
    m_typesScanned = 0;
    m_types.clear();
    endResetModel();
    scanSlice();
}

void FrameModel::scanSlice()
{
    m_lastSliceRows = 0;
    if (!m_log) {
        Q_EMIT scanned();
        return;
    }
    const auto &rows = m_log->rows();
    std::vector<int> found;
    qint64 bytes = 0;
    while (m_scanned < int(rows.size()) && m_lastSliceRows < rowsPerSlice && bytes < bytesPerSlice) {
        const FrameRow &row = rows[size_t(m_scanned)];
        if (m_scanned >= m_typesScanned) {
            learnType(row);
            m_typesScanned = m_scanned + 1;
        }
        if (accepts(row))
            found.push_back(m_scanned);
        if (!m_filter.text.isEmpty())
            bytes += row.frame.payload.size();
        ++m_scanned;
        ++m_lastSliceRows;
    }
    if (!found.empty()) {
        const int first = int(m_visible.size());
        beginInsertRows({}, first, first + int(found.size()) - 1);
        m_visible.insert(m_visible.end(), found.begin(), found.end());
        endInsertRows();
    }
    if (isScanning())
        m_timer.start(std::chrono::milliseconds(0));
    Q_EMIT scanned();
}

bool FrameModel::isScanning() const
{
    return m_log && m_scanned < int(m_log->rows().size());
}

bool FrameModel::accepts(const FrameRow &row)
{
    if (!m_filter.type.isEmpty() && frameType(row) != m_filter.type)
        return false;
    if (m_filter.text.isEmpty() || row.label.contains(m_filter.text, Qt::CaseInsensitive))
        return true;
    if (!m_needle.isEmpty())
        return containsAscii(row.frame.payload, m_needle);
    return QString::fromUtf8(row.frame.payload).contains(m_filter.text, Qt::CaseInsensitive);
}

void FrameModel::learnType(const FrameRow &row)
{
    const QStringView type = frameType(row);
    if (!type.isEmpty() && !std::ranges::any_of(m_types, [&](const QString &known) { return known == type; }))
        m_types.append(type.toString());
}

int FrameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_visible.size());
}

const FrameRow &FrameModel::rowAt(int row) const
{
    return m_log->rows()[size_t(m_visible[size_t(row)])];
}

int FrameModel::rowOfSequence(int sequence) const
{
    if (!m_log)
        return -1;
    const auto sequenceOf = [this](int index) { return m_log->rows()[size_t(index)].frame.sequence; };
    const auto found = std::ranges::lower_bound(m_visible, sequence, {}, sequenceOf);
    return found != m_visible.end() && sequenceOf(*found) == sequence ? int(found - m_visible.begin()) : -1;
}

QVariant FrameModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_log)
        return {};
    const FrameRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case LabelRole:
        return maskSecrets(row.label).text;
    case TimeRole:
        return frameTime(row.frame);
    case SizeRole:
        return QLocale().toString(row.frame.payload.size());
    case SequenceRole:
        return row.frame.sequence;
    case PartRole:
        return row.part;
    case Qt::AccessibleTextRole:
        return tr("%1 s, %2, %n byte(s)", "", int(row.frame.payload.size()))
            .arg(frameTime(row.frame), maskSecrets(row.label).text);
    default:
        return {};
    }
}

} // namespace Parlance
