// SPDX-License-Identifier: Apache-2.0
#include "chat/deltaguard.h"

#include <algorithm>
#include <utility>

namespace Parlance {
namespace {

//! Holding back fewer letters would hold back ordinary words all the time, and shows nothing of use.
constexpr qsizetype shortestBeginning = 4;
constexpr QStringView mask = u"••••";

//! The text that runs on from one delta to the next; null for all other deltas.
QString *runningText(Delta &delta)
{
    if (auto *text = std::get_if<TextDelta>(&delta))
        return &text->text;
    if (auto *reasoning = std::get_if<ReasoningDelta>(&delta))
        return &reasoning->text;
    if (auto *output = std::get_if<CommandOutputDelta>(&delta))
        return &output->text;
    auto *arguments = std::get_if<ToolArgumentsDelta>(&delta);
    return arguments && !arguments->replaces ? &arguments->fragment : nullptr;
}

//! Told in the middle of a text without cutting it in two.
bool letsTextRunOn(const Delta &delta)
{
    return std::holds_alternative<RawDelta>(delta) || std::holds_alternative<CitationDelta>(delta)
        || std::holds_alternative<UsageDelta>(delta) || std::holds_alternative<StopReasonDelta>(delta)
        || std::holds_alternative<TaskStatusDelta>(delta) || std::holds_alternative<LiveValueDelta>(delta)
        || std::holds_alternative<GivenIdDelta>(delta);
}

} // namespace

DeltaGuard::DeltaGuard(std::vector<Secret> secrets)
    : m_secrets(std::move(secrets))
{
    for (const Secret &secret : m_secrets)
        m_longest = std::max(m_longest, secret.reveal().size());
}

void DeltaGuard::apply(std::vector<Delta> &deltas)
{
    if (m_secrets.empty())
        return;
    std::vector<Delta> kept;
    for (Delta &delta : deltas)
        guard(std::move(delta), kept);
    deltas = std::move(kept);
}

void DeltaGuard::finish(std::vector<Delta> &deltas)
{
    release(deltas);
}

void DeltaGuard::guard(Delta delta, std::vector<Delta> &kept)
{
    if (letsTextRunOn(delta)) {
        kept.push_back(std::move(delta));
        return;
    }
    QString *running = runningText(delta);
    const QString text = running ? std::exchange(*running, {}) : QString();
    if (delta != m_stream)
        release(kept);
    if (running) {
        m_stream = delta;
        auto *told = std::get_if<TextDelta>(&m_stream);
        const bool replaces = told && std::exchange(told->replaces, false);
        *running = passed(text);
        // What takes the place of something does so, however much of it is held back.
        if (running->isEmpty() && !text.isEmpty() && !replaces)
            return;
    }
    kept.push_back(std::move(delta));
}

void DeltaGuard::release(std::vector<Delta> &kept)
{
    if (m_held > 0) {
        Delta delta = m_stream;
        *runningText(delta) = m_recent.last(m_held);
        kept.push_back(std::move(delta));
    }
    m_recent.clear();
    m_held = 0;
}

//! What can be shown once this text has come.
QString DeltaGuard::passed(const QString &text)
{
    qsizetype shown = m_recent.size() - m_held;
    QString all = m_recent + text;
    for (const Secret &secret : m_secrets) {
        const QByteArray plain = secret.reveal();
        for (;;) {
            // Of its first letters a few may have been shown.
            const qsizetype begin = std::max<qsizetype>(0, shown - plain.size() + 1);
            const qsizetype at = all.indexOf(QLatin1StringView(plain), begin);
            if (at < 0)
                break;
            const qsizetype from = std::max(at, shown);
            all.replace(from, at + plain.size() - from, mask.data(), mask.size());
        }
    }
    m_held = std::min(beginningOfASecret(all), all.size() - shown);
    QString passed = all.sliced(shown, all.size() - shown - m_held);
    m_recent = all.last(std::min(all.size(), std::max(m_longest, m_held)));
    return passed;
}

//! Length of the longest end of the text that a secret begins with.
qsizetype DeltaGuard::beginningOfASecret(QStringView text) const
{
    qsizetype longest = 0;
    for (const Secret &secret : m_secrets) {
        const QByteArray plain = secret.reveal();
        for (qsizetype size = std::min(plain.size() - 1, text.size()); size >= shortestBeginning; --size) {
            if (text.endsWith(QLatin1StringView(plain.constData(), size))) {
                longest = std::max(longest, size);
                break;
            }
        }
    }
    return longest;
}

} // namespace Parlance
