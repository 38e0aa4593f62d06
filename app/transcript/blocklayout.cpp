// SPDX-License-Identifier: Apache-2.0
#include "transcript/blocklayout.h"

#include "chat/errorcatalogue.h"
#include "core/message.h"
#include "theme/metrics.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

// Not the coloured picture that some fonts have of the arrow.
const QString noteBack = QStringLiteral("\u21A9\uFE0E");

ColourRole inkOf(const Block &block)
{
    return block.isQuiet || block.quoteDepth > 0 ? ColourRole::InkQuiet : ColourRole::Ink;
}

FontRole headingRole(int level)
{
    return level <= 1 ? FontRole::Heading1 : level == 2 ? FontRole::Heading2 : FontRole::Heading3;
}

void addLinks(LaidBlock &laid)
{
    for (size_t box = 0; box < laid.block.texts.size() && box < laid.boxes.size(); ++box) {
        const RichText &text = laid.block.texts[box];
        for (const TextRun &run : text.runs) {
            if (!(run.style & LinkRun) || run.url.isEmpty())
                continue;
            const bool isNote = run.style & NoteRun;
            const int end = run.start + run.length;
            // One link whose words are partly bold, say, is several runs.
            if (!isNote && !laid.hots.empty() && laid.hots.back().action == Hot::Action::Link
                && laid.hots.back().box == int(box) && laid.hots.back().url == run.url
                && laid.hots.back().start + laid.hots.back().length == run.start) {
                laid.hots.back().length = end - laid.hots.back().start;
                laid.hots.back().label = text.text.mid(laid.hots.back().start, laid.hots.back().length);
                continue;
            }
            const QString words = text.text.mid(run.start, run.length);
            laid.hots.push_back(Hot{.action = isNote ? Hot::Action::Note : Hot::Action::Link,
                                    .label = isNote ? Words::tr("Footnote %1").arg(words) : words,
                                    .url = run.url,
                                    .box = int(box),
                                    .start = run.start,
                                    .length = run.length});
        }
    }
}

// The width of a number in front of an item; 0 if it has none.
qreal markerWidth(const Block &block, const Theme &theme)
{
    if (block.marker.isEmpty() || block.marker == u"•"_s || block.task != TaskMark::None)
        return 0;
    return textWidth(theme, block.isQuiet ? FontRole::Small : FontRole::Body, block.marker);
}

void setMarker(LaidBlock &laid, const BlockContext &context, qreal width)
{
    const Theme &theme = *context.theme;
    if (width <= 0)
        return;
    const FontRole role = laid.block.isQuiet ? FontRole::Small : FontRole::Body;
    const qreal x = laid.isRightToLeft ? laid.textEdge + theme.px(Metric::markerGap)
                                       : std::max(0.0, laid.textEdge - theme.px(Metric::markerGap) - width);
    // With a mark of direction, so that the point stands on the side of the words.
    const QString marker = laid.isRightToLeft ? QString(u'\u200F' % laid.block.marker) : laid.block.marker;
    addLabel(laid, laid.block.texts.size(), theme, role, inkOf(laid.block), marker, {x, 0});
}

// From the end of a footnote's text back to its mark.
void addNoteEnd(LaidBlock &laid, const BlockContext &context)
{
    if (!laid.block.isNoteEnd)
        return;
    const Theme &theme = *context.theme;
    const TextFlow &flow = laid.boxes[0].flow;
    const QRectF end = flow.caretAt(int(flow.text().text.size())).translated(laid.boxes[0].position);
    const qreal width = textWidth(theme, FontRole::Small, noteBack) + 2 * theme.px(Metric::wordsPadding);
    const qreal x = laid.isRightToLeft ? std::max(0.0, end.left() - theme.px(Metric::step) - width)
                                       : std::min(end.left() + theme.px(Metric::step), context.width - width);
    laid.hots.push_back(Hot{.action = Hot::Action::NoteBack,
                            .look = Hot::Look::Words,
                            .rect = {x, end.top(), width, end.height()},
                            .label = noteBack,
                            .url = laid.block.note});
    laid.contentWidth = std::max(laid.contentWidth, laid.isRightToLeft ? context.width - x : x + width);
}

qreal layOutText(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const Block &block = laid.block;
    // A long number needs more room than the usual one.
    const qreal marker = markerWidth(block, theme);
    const qreal indent =
        std::max(indentOf(block, theme), marker > 0 ? marker + theme.px(Metric::markerGap) : 0);
    const FontRole role = block.kind == BlockKind::Heading ? headingRole(block.level)
        : block.kind == BlockKind::Citation || block.kind == BlockKind::Attachment || block.isQuiet
        ? FontRole::Small
        : FontRole::Body;
    laid.boxes.resize(1);
    FlowStyle style = flowStyle(
        theme, role, std::max<qreal>(theme.px(Metric::leastText), context.width - indent), inkOf(block));
    style.isGrowing = context.isGrowing;
    style.isSketch = laid.isSketch;
    const qreal changed = laid.boxes[0].flow.set(block.texts[0], style);
    // Words that begin at the right have their indent and their marks there.
    laid.isRightToLeft = laid.boxes[0].flow.isRightToLeft();
    laid.boxes[0].position = {laid.isRightToLeft ? 0 : indent, 0};
    laid.textEdge = laid.isRightToLeft ? style.width : indent;
    setMarker(laid, context, marker);
    laid.contentWidth = indent + laid.boxes[0].flow.naturalWidth();
    laid.rect.setHeight(laid.boxes[0].flow.height());
    addLinks(laid);
    addNoteEnd(laid, context);
    return changed;
}

void layOutAnswerHeader(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal width =
        addLabel(laid, 0, theme, FontRole::BodyStrong, ColourRole::Ink, laid.block.texts[0].text, {});
    const qreal drop = QFontMetricsF(theme.font(FontRole::BodyStrong)).ascent()
        - QFontMetricsF(theme.font(FontRole::Small)).ascent();
    const qreal room = context.width - width - theme.px(Metric::within);
    const QString label = QFontMetricsF(theme.font(FontRole::Small))
                              .elidedText(laid.block.label, Qt::ElideRight, std::max(0.0, room));
    addLabel(
        laid, 1, theme, FontRole::Small, ColourRole::InkFaint, label,
        {width + theme.px(Metric::within),
         std::round((theme.lineHeight(FontRole::Body) - theme.lineHeight(FontRole::Small)) / 2 + drop / 3)});
    laid.rect.setHeight(theme.lineHeight(FontRole::Body));
}

void layOutFold(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal height = theme.px(Metric::foldHeight);
    addLabel(
        laid, 0, theme, FontRole::Small, ColourRole::InkFaint, laid.block.texts[0].text,
        {qreal(theme.px(Metric::foldIndent)), std::round((height - theme.lineHeight(FontRole::Small)) / 2)});
    laid.isOpen = context.isOpen;
    laid.rect.setHeight(height);
    laid.hots.push_back(
        Hot{.action = Hot::Action::Fold,
            .rect = {0, 0,
                     laid.boxes[0].position.x() + laid.boxes[0].flow.naturalWidth() + theme.px(Metric::snug),
                     height},
            .label = laid.block.texts[0].text});
}

void layOutTool(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal height = theme.px(Metric::toolHeight);
    const qreal y = std::round((height - theme.lineHeight(FontRole::Small)) / 2);
    qreal right = context.width - theme.px(Metric::frameInset);
    const qreal nameX = theme.px(Metric::toolName);
    // The name comes first, then how it went, then how long it took.
    const qreal beside = right - nameX - theme.px(Metric::leastToolName);
    const qreal gap = theme.px(Metric::near);
    const qreal detailWidth = textWidth(theme, FontRole::Small, laid.block.detail);
    const qreal labelWidth = textWidth(theme, FontRole::Small, laid.block.label);
    const QString detail = labelWidth + gap + detailWidth <= beside ? laid.block.detail : QString();
    const QString label = labelWidth <= beside ? laid.block.label : QString();
    if (!detail.isEmpty())
        right -= detailWidth;
    const qreal detailX = right;
    if (!label.isEmpty())
        right -= labelWidth + (detail.isEmpty() ? 0 : gap);
    const qreal stateX = right;

    const qreal nameRoom =
        std::max<qreal>(theme.px(Metric::leastText), stateX - nameX - theme.px(Metric::inset));
    const QFontMetricsF nameMetrics(theme.font(FontRole::SmallStrong));
    const QString name = nameMetrics.elidedText(laid.block.texts[0].text, Qt::ElideRight, nameRoom);
    const qreal nameWidth =
        addLabel(laid, 0, theme, FontRole::SmallStrong, ColourRole::Ink, name, {nameX, y});
    const qreal argumentsX = nameX + nameWidth + theme.px(Metric::near);
    const QFontMetricsF metrics(theme.font(FontRole::SmallCode));
    const qreal room = stateX - argumentsX - theme.px(Metric::inset);
    const QString arguments = room > theme.px(Metric::leastArguments)
        ? metrics.elidedText(laid.block.texts[1].text.left(400), Qt::ElideRight, room)
        : QString();
    addLabel(laid, 1, theme, FontRole::SmallCode, ColourRole::InkQuiet, arguments, {argumentsX, y});
    const auto state = ToolState(laid.block.level);
    const ColourRole ink = state == ToolState::Done ? ColourRole::Good
        : state == ToolState::Failed                ? ColourRole::Bad
                                                    : ColourRole::InkFaint;
    addLabel(laid, 2, theme, FontRole::Small, ink, label, {stateX, y});
    addLabel(laid, 3, theme, FontRole::Small, ColourRole::InkFaint, detail, {detailX, y});
    laid.isOpen = context.isOpen;
    laid.rect.setHeight(height);
    laid.hots.push_back(Hot{.action = Hot::Action::Fold,
                            .rect = {0, 0, context.width, height},
                            .label = laid.block.texts[0].text});
}

void layOutNote(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal width = textWidth(theme, FontRole::Small, laid.block.texts[0].text);
    const qreal x = context.isBubble ? std::max(0.0, context.width - width) : 0;
    addLabel(laid, 0, theme, FontRole::Small, ColourRole::InkFaint, laid.block.texts[0].text, {x, 0});
    if (width > context.width) {
        FlowStyle style = flowStyle(theme, FontRole::Small, context.width, ColourRole::InkFaint);
        style.alignment = Qt::AlignLeft | Qt::AlignAbsolute;
        laid.boxes[0].flow.set({laid.block.texts[0].text, {}}, style);
    }
    laid.rect.setHeight(laid.boxes[0].flow.height());
}

QString actionLabel(ErrorAction action)
{
    switch (action) {
    case ErrorAction::Retry:
        return Words::tr("Retry");
    case ErrorAction::EditAgent:
        return Words::tr("Edit agent");
    case ErrorAction::SetToken:
        return Words::tr("Set token");
    case ErrorAction::NewSession:
        return Words::tr("New session");
    case ErrorAction::SignIn:
        return Words::tr("Sign in…");
    case ErrorAction::ChooseIdentity:
        return Words::tr("Choose identity…");
    case ErrorAction::OpenLogs:
        return Words::tr("Open logs");
    }
    return {};
}

void layOutErrorCard(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal padding = theme.px(Metric::cardPadding);
    const qreal width = std::max<qreal>(theme.px(Metric::leastCard), context.width - 2 * padding);
    laid.boxes.resize(2);
    laid.boxes[0].flow.set({laid.block.texts[0].text, {}},
                           flowStyle(theme, FontRole::BodyStrong, width, ColourRole::Bad));
    laid.boxes[0].position = {padding, qreal(theme.px(Metric::inset))};
    qreal y = theme.px(Metric::inset) + laid.boxes[0].flow.height();
    laid.boxes[1].flow.set(laid.block.texts[1], flowStyle(theme, FontRole::Body, width));
    laid.boxes[1].position = {padding, y + theme.px(Metric::tight)};
    if (!laid.block.texts[1].text.isEmpty())
        y += theme.px(Metric::tight) + laid.boxes[1].flow.height();
    y += theme.px(Metric::near);
    qreal x = padding;
    const qreal height = theme.px(Metric::button);
    // Where there is no room beside the last one, it begins a row.
    const auto place = [&](const Hot &hot) {
        addButton(laid, hot, theme, {x, y}, height);
        QRectF &rect = laid.hots.back().rect;
        if (rect.right() > context.width - padding && x > padding) {
            y += height + theme.px(Metric::within);
            rect.moveTopLeft({padding, y});
        }
        x = rect.right() + theme.px(Metric::within);
    };
    for (const QString &number : laid.block.detail.split(u' ', Qt::SkipEmptyParts)) {
        const int value = number.toInt();
        place(Hot{.action = Hot::Action::ErrorAction,
                  .look = Hot::Look::Button,
                  .label = actionLabel(ErrorAction(value)),
                  .value = value});
    }
    place(Hot{.action = Hot::Action::Details,
              .look = Hot::Look::Words,
              .label = context.isOpen ? Words::tr("Hide details") : Words::tr("Details")});
    laid.isOpen = context.isOpen;
    laid.rect.setHeight(y + height + theme.px(Metric::inset));
}

// A hairline, the words below it, and what can be chosen below these.
void layOutSessionBreak(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    laid.boxes.resize(1);
    laid.boxes[0].flow.set({laid.block.texts[0].text, {}},
                           flowStyle(theme, FontRole::Small, context.width,
                                     laid.block.isCaution ? ColourRole::Caution : ColourRole::InkFaint));
    laid.boxes[0].position = {0, qreal(theme.px(Metric::within))};
    qreal y = laid.boxes[0].position.y() + laid.boxes[0].flow.height();
    if (!laid.block.detail.isEmpty()) {
        y += theme.px(Metric::within);
        const qreal height = theme.px(Metric::button);
        addButton(laid,
                  Hot{.action = Hot::Action::NewSession,
                      .look = Hot::Look::Button,
                      .label = Words::tr("New session")},
                  theme, {0, y}, height);
        addButton(
            laid,
            Hot{.action = Hot::Action::GoOnInSession, .look = Hot::Look::Button, .label = Words::tr("Go on")},
            theme, {laid.hots.back().rect.right() + theme.px(Metric::within), y}, height);
        y += height;
    }
    laid.rect.setHeight(y + theme.px(Metric::tight));
}

bool hasSketches(const LaidBlock &laid)
{
    return std::ranges::any_of(laid.boxes, [](const TextBox &box) { return box.flow.hasSketches(); });
}

// A word to save it stands behind the others, or below them where there is no room.
qreal layOutAttachment(LaidBlock &laid, const BlockContext &context)
{
    const qreal changed = layOutText(laid, context);
    if (!laid.block.hasBytes())
        return changed;
    const Theme &theme = *context.theme;
    const Hot save{.action = Hot::Action::Save, .look = Hot::Look::Words, .label = Words::tr("Save…")};
    const qreal line = theme.lineHeight(FontRole::Small);
    const qreal width = textWidth(theme, FontRole::Small, save.label) + 2 * theme.px(Metric::wordsPadding);
    const qreal x = laid.isRightToLeft ? 0 : laid.contentWidth + theme.px(Metric::within);
    const bool isBeside = !laid.isRightToLeft && x + width <= context.width;
    addButton(laid, save, theme,
              {isBeside ? x : laid.boxes[0].position.x(),
               isBeside ? laid.rect.height() - line : laid.rect.height()},
              line);
    if (!isBeside)
        laid.rect.setHeight(laid.rect.height() + line);
    return changed;
}

qreal layOutShown(LaidBlock &laid, const BlockContext &context)
{
    const Block &block = laid.block;
    switch (block.kind) {
    case BlockKind::Paragraph:
    case BlockKind::Heading:
    case BlockKind::Citation:
        return layOutText(laid, context);
    case BlockKind::Attachment:
        return layOutAttachment(laid, context);
    case BlockKind::Image:
        return layOutImage(laid, context);
    case BlockKind::Code:
    case BlockKind::Output:
        return laid.block.isFormula() ? layOutFormula(laid, context) : layOutCode(laid, context);
    case BlockKind::Table: {
        const qreal changed = layOutTable(laid, context, indentOf(block, *context.theme));
        addLinks(laid);
        return changed;
    }
    case BlockKind::Rule:
        laid.rect.setHeight(context.theme->px(Metric::ruleHeight));
        return 0;
    case BlockKind::AnswerHeader:
        layOutAnswerHeader(laid, context);
        return 0;
    case BlockKind::Fold:
        layOutFold(laid, context);
        return 0;
    case BlockKind::Tool:
        layOutTool(laid, context);
        return 0;
    case BlockKind::Note:
    case BlockKind::Meta:
        layOutNote(laid, context);
        return 0;
    case BlockKind::ErrorCard:
        layOutErrorCard(laid, context);
        return 0;
    case BlockKind::SessionBreak:
        layOutSessionBreak(laid, context);
        return 0;
    }
    return 0;
}

} // namespace

qreal indentOf(const Block &block, const Theme &theme)
{
    // Deep nesting stops to indent before the text has no room.
    return theme.px(Metric::quoteIndent) * std::min(block.quoteDepth, 6)
        + theme.px(Metric::listIndent) * std::min(block.listDepth, 8);
}

qreal textWidth(const Theme &theme, FontRole role, const QString &text)
{
    return std::ceil(theme.widthOf(role, text));
}

void addButton(LaidBlock &laid, Hot hot, const Theme &theme, const QPointF &corner, qreal height)
{
    const qreal padding =
        hot.look == Hot::Look::Button ? theme.px(Metric::buttonPadding) : theme.px(Metric::wordsPadding);
    hot.rect = QRectF(corner, QSizeF(textWidth(theme, FontRole::Small, hot.label) + 2 * padding, height));
    laid.hots.push_back(std::move(hot));
}

FlowStyle flowStyle(const Theme &theme, FontRole role, qreal width, ColourRole ink)
{
    FlowStyle style;
    style.font = theme.font(role);
    style.codeFont = theme.font(FontRole::Code);
    style.lineHeight = theme.lineHeight(role);
    style.width = width;
    style.ink = theme.colour(ink);
    style.quietInk = theme.colour(ColourRole::InkQuiet);
    style.faintInk = theme.colour(ColourRole::InkFaint);
    style.link = theme.colour(ColourRole::Accent);
    style.codeGround = theme.colour(ColourRole::Pane);
    style.addedGround = theme.colour(ColourRole::Added);
    style.removedGround = theme.colour(ColourRole::Removed);
    return style;
}

qreal addLabel(LaidBlock &laid, size_t box, const Theme &theme, FontRole role, ColourRole ink,
               const QString &text, const QPointF &position)
{
    if (laid.boxes.size() <= box)
        laid.boxes.resize(box + 1);
    TextBox &label = laid.boxes[box];
    FlowStyle style = flowStyle(theme, role, Metric::unbounded, ink);
    style.wraps = false;
    // The interface's direction, whatever the words: the place was computed from the left.
    style.alignment = Qt::AlignLeft | Qt::AlignAbsolute;
    // One line, whatever an agent put into its words.
    QString words = text;
    for (const char16_t lineEnd : {u'\n', u'\r', u'\u2028', u'\u2029'})
        words.replace(QChar(lineEnd), u' ');
    style.isSketch = laid.isSketch;
    label.flow.set({words, {}}, style);
    label.position = position;
    label.isSelectable = false;
    return std::ceil(label.flow.naturalWidth());
}

qreal gapBetween(const Block &above, const Block &below, const Theme &theme)
{
    const auto isChrome = [](BlockKind kind) {
        return kind == BlockKind::Tool || kind == BlockKind::Fold || kind == BlockKind::AnswerHeader
            || kind == BlockKind::Citation || kind == BlockKind::Attachment;
    };
    if (below.kind == BlockKind::SessionBreak)
        return theme.px(Metric::between);
    if (above.kind == BlockKind::AnswerHeader)
        return theme.px(Metric::within);
    if (below.kind == BlockKind::Heading)
        return theme.px(Metric::between);
    if (isChrome(above.kind) && isChrome(below.kind))
        return theme.px(Metric::within);
    if (isChrome(above.kind) || isChrome(below.kind))
        return theme.px(Metric::inset);
    if (above.kind == BlockKind::Heading)
        return theme.px(Metric::within);
    const bool isList = above.listDepth > 0 && below.listDepth > 0;
    if (isList && above.kind == BlockKind::Paragraph && below.kind == BlockKind::Paragraph)
        return theme.px(!below.marker.isEmpty() ? Metric::step : Metric::within);
    return theme.px(Metric::inset);
}

void settleBlock(LaidBlock &laid, const Block &block, const BlockContext &context, qreal top, qreal bottom)
{
    if (isHugeTable(block)) {
        settleTable(laid, context, top, bottom);
        laid.isSketch = hasSketches(laid);
        return;
    }
    const bool hasOneText = laid.block.isCode() || laid.block.kind == BlockKind::Paragraph;
    // Labels are made anew beside a text; of anything else all is.
    laid.boxes.resize(hasOneText ? 1 : 0);
    laid.naturals.clear();
    if (hasOneText) {
        const qreal y = laid.boxes[0].position.y();
        // Its beginning or its end at least, where the block is seen and its words are not.
        TextFlow &flow = laid.boxes[0].flow;
        (void)flow.settle(std::min(top - y, flow.height() - 1), std::max(bottom - y, 0.0));
    }
    (void)layOutBlock(laid, block, context);
}

qreal layOutBlock(LaidBlock &laid, const Block &block, const BlockContext &context)
{
    const bool isSameKind = laid.block.kind == block.kind && laid.isHidden == false;
    laid.block = block;
    laid.hots.clear();
    laid.newHead = 0;
    laid.isRightToLeft = false;
    laid.pictureRect = {};
    laid.pixels = {};
    laid.isOpen = false;
    laid.isHidden = block.kind == BlockKind::Output ? context.isOpen : block.isInsideFold && !context.isOpen;
    if (!isSameKind || laid.isHidden) {
        laid.boxes.clear();
        laid.naturals.clear();
        laid.rowLines.clear();
        laid.side = {};
    }
    // A table that is measured goes on row by row.
    laid.isSketch =
        context.isSketch && (block.kind != BlockKind::Table || laid.boxes.empty() || isHugeTable(block));
    if (laid.isHidden) {
        laid.isSketch = false;
        laid.rect.setSize({context.width, 0});
        return 0;
    }
    laid.rect.setWidth(context.width);
    laid.contentWidth = context.width;
    const qreal changed = layOutShown(laid, context);
    laid.isSketch = hasSketches(laid);
    return changed;
}

} // namespace Parlance
