// SPDX-License-Identifier: Apache-2.0
// Code, and formulas as they were written.
#include "transcript/blocklayout.h"

#include "theme/metrics.h"

#include <QCoreApplication>

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

ColourRole inkOfWord(CodeWordKind kind)
{
    switch (kind) {
    case CodeWordKind::Keyword:
        return ColourRole::CodeKeyword;
    case CodeWordKind::Type:
        return ColourRole::CodeType;
    case CodeWordKind::Function:
        return ColourRole::CodeFunction;
    case CodeWordKind::String:
        return ColourRole::CodeString;
    case CodeWordKind::Number:
        return ColourRole::CodeNumber;
    case CodeWordKind::Comment:
        return ColourRole::CodeComment;
    case CodeWordKind::Name:
        return ColourRole::CodeName;
    case CodeWordKind::Added:
        return ColourRole::Good;
    case CodeWordKind::Removed:
        return ColourRole::Bad;
    }
    return ColourRole::Ink;
}

// Of its head, from the right.
std::vector<Hot> buttonsOf(const LaidBlock &laid, const BlockContext &context)
{
    std::vector<Hot> buttons;
    const auto add = [&buttons](Hot::Action action, const QString &label) {
        buttons.push_back({.action = action, .look = Hot::Look::Words, .label = label});
    };
    add(Hot::Action::CopyCode, Words::tr("Copy"));
    if (context.wrapsCode || laid.side.range() > 0)
        add(Hot::Action::WrapCode, context.wrapsCode ? Words::tr("Unwrap") : Words::tr("Wrap"));
    if (laid.block.isJson || context.isJson)
        add(Hot::Action::ShowTree, Words::tr("Tree"));
    return buttons;
}

} // namespace

qreal layOutCode(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal indent = indentOf(laid.block, theme);
    const qreal header = theme.px(Metric::codeHeader);
    const qreal padding = theme.px(Metric::codePadding);
    const bool isNew = laid.boxes.empty();
    const size_t hadButtons = buttonsOf(laid, context).size();
    laid.boxes.resize(2);
    const ColourRole ink = laid.block.isQuiet ? ColourRole::InkQuiet : ColourRole::Ink;
    const qreal room = std::max<qreal>(theme.px(Metric::leastText), context.width - indent - 2 * padding);
    FlowStyle style = flowStyle(theme, FontRole::Code, room, ink);
    style.isGrowing = context.isGrowing;
    style.isSketch = laid.isSketch;
    style.isLeftToRight = true;
    style.wraps = context.wrapsCode;
    if (laid.block.isConsole) {
        for (int i = 0; i < Theme::consoleColourCount; ++i) {
            style.consoleInks.append(theme.consoleInk(i));
            style.consoleGrounds.append(theme.consoleGround(i));
        }
    }
    TextBox &code = laid.boxes[0];
    const qreal changed = code.flow.set(laid.block.texts[0], style);
    code.position = {indent + padding, header + theme.px(Metric::codeRise)};
    code.isScrolled = true;
    // The window reaches a little beyond the text, so that a caret at either end is whole.
    SideScroll &side = laid.side;
    const qreal edge = theme.px(Metric::caretRoom);
    side.extent = std::ceil(code.flow.naturalWidth()) + 2 * edge;
    side.window = {indent + padding - edge, header, room + 2 * edge,
                   code.flow.height() + theme.px(Metric::apart)};
    // Room for the bar, if there is one.
    if (side.range() > 0)
        side.window.setHeight(side.window.height() + theme.px(Metric::sideBarRoom));
    side.offset = std::clamp(side.offset, 0.0, side.range());
    side.track = {indent + padding, side.window.bottom() - theme.px(Metric::sideBarRise), room,
                  qreal(theme.px(Metric::sideBar))};
    const qreal labelY = std::floor((header - theme.lineHeight(FontRole::Small)) / 2);
    const int lines = code.flow.breakCount() + 1;
    const QString count = lines > 1 ? Words::tr("%n line(s)", nullptr, lines) : QString();
    const QString both = laid.block.label.isEmpty() ? count : QString(laid.block.label % u"   "_s % count);
    std::vector<Hot> buttons = buttonsOf(laid, context);
    const bool hasOthers = buttons.size() != hadButtons;
    const qreal gap = 2 * theme.px(Metric::within);
    qreal left = context.width - theme.px(Metric::within) + gap;
    std::vector<qreal> lefts;
    for (const Hot &button : buttons) {
        left -= textWidth(theme, FontRole::Small, button.label) + 2 * theme.px(Metric::wordsPadding) + gap;
        lefts.push_back(left);
    }
    // A narrow page with large letters has it in the menu alone.
    if (left < indent + theme.px(Metric::frameInset) && buttons.back().action == Hot::Action::ShowTree) {
        buttons.pop_back();
        lefts.pop_back();
        left = lefts.back();
    }
    const qreal labelRoom = left - indent - theme.px(Metric::frameInset) - theme.px(Metric::step);
    QString label = both.trimmed();
    if (theme.widthOf(FontRole::Small, label) > labelRoom)
        label = QFontMetricsF(theme.font(FontRole::Small))
                    .elidedText(label, Qt::ElideRight, std::max(0.0, labelRoom));
    if (!isNew && (laid.boxes[1].flow.text().text != label || hasOthers))
        laid.newHead = header;
    addLabel(laid, 1, theme, FontRole::Small, ColourRole::InkFaint, label,
             {indent + theme.px(Metric::frameInset), labelY});
    for (size_t i = buttons.size(); i-- > 0;)
        addButton(laid, buttons[i], theme, {lefts[i], 0}, header);
    laid.contentWidth = context.width;
    laid.rect.setHeight(side.window.bottom());
    return changed > 0 ? header + theme.px(Metric::codeRise) + changed : 0;
}

qreal layOutFormula(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal indent = indentOf(laid.block, theme);
    const qreal padding = theme.px(Metric::codePadding);
    const qreal above = theme.px(Metric::codeRise);
    laid.boxes.resize(1);
    const qreal room = std::max<qreal>(theme.px(Metric::leastText), context.width - indent - 2 * padding);
    const ColourRole ink = laid.block.isQuiet ? ColourRole::InkQuiet : ColourRole::Ink;
    FlowStyle style = flowStyle(theme, FontRole::Code, room, ink);
    style.isGrowing = context.isGrowing;
    style.isSketch = laid.isSketch;
    style.isLeftToRight = true;
    style.wraps = false;
    TextBox &formula = laid.boxes[0];
    const qreal changed = formula.flow.set(laid.block.texts[0], style);
    formula.position = {indent + padding, above};
    formula.isScrolled = true;
    SideScroll &side = laid.side;
    const qreal edge = theme.px(Metric::caretRoom);
    side.extent = std::ceil(formula.flow.naturalWidth()) + 2 * edge;
    side.window = {indent + padding - edge, 0, room + 2 * edge, formula.flow.height() + 2 * above};
    if (side.range() > 0)
        side.window.setHeight(side.window.height() + theme.px(Metric::sideBarRoom));
    side.offset = std::clamp(side.offset, 0.0, side.range());
    side.track = {indent + padding, side.window.bottom() - theme.px(Metric::sideBarRise), room,
                  qreal(theme.px(Metric::sideBar))};
    Hot copy{.action = Hot::Action::CopyCode,
             .look = Hot::Look::Button,
             .label = Words::tr("Copy"),
             .isOnHover = true};
    const qreal width = textWidth(theme, FontRole::Small, copy.label) + 2 * theme.px(Metric::buttonPadding);
    addButton(laid, copy, theme,
              {context.width - theme.px(Metric::snug) - width, qreal(theme.px(Metric::snug))},
              theme.px(Metric::smallButton));
    laid.contentWidth = context.width;
    laid.rect.setHeight(side.window.bottom());
    return changed > 0 ? above + changed : 0;
}

qreal inkBlock(LaidBlock &laid, const CodeWords &words, const Theme &theme)
{
    if (laid.boxes.empty() || words.covered <= laid.boxes[0].flow.inkedTo())
        return laid.rect.height();
    TextBox &code = laid.boxes[0];
    const auto first = std::ranges::lower_bound(words.list, code.flow.inkedTo(), {}, &CodeWord::start);
    std::vector<InkRun> runs;
    std::transform(first, words.list.end(), std::back_inserter(runs), [&theme](const CodeWord &word) {
        return InkRun{word.start, word.length, theme.colour(inkOfWord(word.kind))};
    });
    return code.position.y() + code.flow.ink(runs, words.covered);
}

} // namespace Parlance
