// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QString>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <optional>
#include <vector>

namespace Parlance::Bench {

//! CPU time of this thread, which a busy machine does not stretch.
inline double threadMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + 1e-6 * double(time.tv_nsec);
}

//! The value below which a share of all lies: 0.5 is the median.
inline double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, size_t(double(values.size()) * share))];
}

inline double median(const std::vector<double> &values)
{
    return quantile(values, 0.5);
}

inline double residentMb()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6 : 0;
}

//! One figure as a line of JSON on standard output. What it must be stands in rows.py, by this name.
inline void report(const QString &name, double value, std::optional<double> floor = {})
{
    std::printf(R"({"name": "%s", "value": %.4f)", qUtf8Printable(name), value);
    if (floor)
        std::printf(R"(, "floor": %.4f)", *floor);
    std::printf("}\n");
    std::fflush(stdout);
}

} // namespace Parlance::Bench
