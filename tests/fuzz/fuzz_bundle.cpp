// SPDX-License-Identifier: Apache-2.0
#include "fuzz/replay.h"
#include "qa/evidence.h"
#include "qa/secretnet.h"

using namespace Parlance;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const ZipLimits limits{.unpacked = 4 * 1024 * 1024, .entries = 100};
    const Result<ZipReading> reading = readZip(bytes, limits);
    if (reading) {
        qint64 unpacked = 0;
        for (const ZipEntry &entry : reading->entries)
            unpacked += entry.bytes.size();
        if (unpacked > limits.unpacked || reading->entries.size() > 100)
            std::abort();
    } else if (reading.error().message.isEmpty()) {
        std::abort();
    }
    if (const Result<Bundle> bundle = reading ? readBundle(bytes) : failure(reading.error())) {
        for (const BundleSubject &subject : bundle->manifest.subjects)
            static_cast<void>(conversationOf(*bundle, subject));
    }
    // The bytes as a manifest, too, which no chance would pack.
    const Result<QByteArray> packed = writeZip({{QStringLiteral("manifest.json"), bytes}}, {});
    if (const Result<Bundle> bundle = readBundle(*packed); bundle && bundle->isSound())
        std::abort();
    const NettedText netted = withoutSecrets(QString::fromUtf8(bytes));
    if (netted.secrets == 0 && netted.text != QString::fromUtf8(bytes))
        std::abort();
    return 0;
}
