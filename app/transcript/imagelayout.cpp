// SPDX-License-Identifier: Apache-2.0
// Images: the picture with its words below, or a line that says why there is none and what can be done.
#include "transcript/blocklayout.h"

#include "theme/metrics.h"
#include "chat/markdownsource.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QUrl>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Transcript)
};

QString hostOf(const QString &url)
{
    const QString host = QUrl(url).host();
    return host.isEmpty() ? Words::tr("An address that cannot be fetched") : host;
}

// The words for a picture that is not shown.
QString wordsFor(const LaidBlock &laid, const Picture &picture)
{
    if (laid.block.url == openImage)
        return Words::tr("A picture that has not come whole");
    switch (picture.state) {
    case PictureState::Remote:
        return Words::tr("Picture at %1").arg(hostOf(laid.block.url));
    case PictureState::Loading:
        return Words::tr("Fetching from %1…").arg(hostOf(laid.block.url));
    case PictureState::Waiting:
    case PictureState::Shown:
        return Words::tr("A picture");
    case PictureState::Failed:
    case PictureState::TooLarge:
    case PictureState::Broken:
        break;
    }
    return picture.words;
}

void addOffers(LaidBlock &laid, const BlockContext &context, const Picture &picture, qreal height)
{
    const Theme &theme = *context.theme;
    qreal right = context.width - theme.px(Metric::within);
    const auto add = [&](Hot::Action action, const QString &label) {
        right -= textWidth(theme, FontRole::Small, label) + 2 * theme.px(Metric::buttonPadding);
        addButton(laid, {.action = action, .look = Hot::Look::Button, .label = label}, theme,
                  {right, std::round((height - theme.px(Metric::smallButton)) / 2)},
                  theme.px(Metric::smallButton));
        right -= theme.px(Metric::within);
    };
    const bool isHere = laid.block.hasBytes() || laid.block.url.startsWith(u"data:"_s, Qt::CaseInsensitive);
    if (laid.block.url == openImage)
        return;
    if (picture.state == PictureState::TooLarge || (picture.state == PictureState::Broken && isHere))
        add(Hot::Action::Save, Words::tr("Save…"));
    if (picture.state == PictureState::TooLarge)
        add(Hot::Action::LoadPicture, Words::tr("Show"));
    if ((picture.state == PictureState::Remote || picture.state == PictureState::Failed)
        && context.pictures->canLoad())
        add(Hot::Action::LoadPicture,
            picture.state == PictureState::Failed ? Words::tr("Try again") : Words::tr("Load"));
}

// One framed line: the image's own words, and below them what is the matter.
void layOutWords(LaidBlock &laid, const BlockContext &context, const Picture &picture, qreal indent)
{
    const Theme &theme = *context.theme;
    laid.isBroken = picture.state == PictureState::Broken || picture.state == PictureState::Failed;
    laid.boxes.resize(2);
    const qreal left = indent + theme.px(laid.isBroken ? Metric::besideIcon : Metric::codePadding);
    addOffers(laid, context, picture, theme.px(Metric::pictureRow));
    const qreal right =
        laid.hots.empty() ? context.width - theme.px(Metric::within) : laid.hots.back().rect.left();
    const qreal room = std::max<qreal>(theme.px(Metric::leastText), right - theme.px(Metric::near) - left);
    const QString alt = laid.block.texts[0].text;
    const bool isElsewhere = !laid.block.hasBytes() && !QUrl(laid.block.url).host().isEmpty();
    RichText words;
    words.append(alt, isElsewhere ? LinkRun : PlainRun, isElsewhere ? laid.block.url : QString());
    laid.boxes[0].flow.set(words, flowStyle(theme, FontRole::Body, room));
    laid.boxes[0].position = {left, qreal(theme.px(Metric::snug))};
    const qreal below =
        theme.px(Metric::snug) + (alt.isEmpty() ? theme.px(Metric::near) : laid.boxes[0].flow.height());
    const QFontMetricsF metrics(theme.font(FontRole::Small));
    addLabel(laid, 1, theme, FontRole::Small, ColourRole::InkFaint,
             metrics.elidedText(wordsFor(laid, picture), Qt::ElideMiddle, room), {left, below});
    laid.contentWidth = context.width;
    laid.rect.setHeight(std::max<qreal>(theme.px(Metric::pictureRow),
                                        below + laid.boxes[1].flow.height() + theme.px(Metric::snug)));
    for (Hot &hot : laid.hots)
        hot.rect.moveTop(std::round((laid.rect.height() - hot.rect.height()) / 2));
    if (isElsewhere && !alt.isEmpty())
        laid.hots.push_back({.action = Hot::Action::Link,
                             .label = alt,
                             .url = laid.block.url,
                             .box = 0,
                             .start = 0,
                             .length = int(alt.size())});
}

} // namespace

qreal layOutImage(LaidBlock &laid, const BlockContext &context)
{
    const Theme &theme = *context.theme;
    const qreal indent = indentOf(laid.block, theme);
    const qreal room = std::max<qreal>(theme.px(Metric::leastText), context.width - indent);
    const QSizeF most(room, theme.px(Metric::mostPicture));
    const PictureSource source{.url = laid.block.url, .data = laid.block.data, .keptAs = laid.block.keptAs};
    laid.picture = PictureStore::keyOf(source);
    laid.isBroken = false;
    Picture picture{.state = PictureState::Waiting};
    if (context.pictures && laid.block.url != openImage)
        picture = context.pictures->picture(laid.picture, source, (most * context.pixelRatio).toSize());
    const bool isPicture = (picture.state == PictureState::Shown || picture.state == PictureState::Waiting)
        && !picture.size.isEmpty() && picture.size.width() * qint64(picture.size.height()) <= maxAskedPixels;
    if (!isPicture) {
        layOutWords(laid, context, picture, indent);
        return 0;
    }
    // Never larger than it is: a small picture does not get better by it.
    QSizeF size(picture.size);
    if (size.width() > most.width() || size.height() > most.height())
        size.scale(most, Qt::KeepAspectRatio);
    size = QSizeF(std::max(1.0, std::round(size.width())), std::max(1.0, std::round(size.height())));
    laid.pictureRect = QRectF(QPointF(indent, 0), size);
    laid.pixels = picture.image;
    laid.boxes.resize(1);
    const QString alt = laid.block.texts[0].text;
    laid.boxes[0].flow.set({alt, {}}, flowStyle(theme, FontRole::Small, room, ColourRole::InkFaint));
    laid.boxes[0].position = {indent, size.height() + theme.px(Metric::step)};
    laid.hots.push_back({.action = Hot::Action::Picture,
                         .rect = laid.pictureRect,
                         .label = alt.isEmpty() ? Words::tr("Picture") : Words::tr("Picture: %1").arg(alt)});
    laid.contentWidth =
        indent + std::max(size.width(), alt.isEmpty() ? 0.0 : laid.boxes[0].flow.naturalWidth());
    laid.rect.setHeight(size.height()
                        + (alt.isEmpty() ? 0.0 : theme.px(Metric::step) + laid.boxes[0].flow.height()));
    if (alt.isEmpty())
        laid.boxes[0].position.setY(std::max(0.0, size.height() - laid.boxes[0].flow.height()));
    return 0;
}

} // namespace Parlance
