// SPDX-License-Identifier: Apache-2.0
#include "dialogs/formdialog.h"

#include "dialogs/formfields.h"
#include "dialogs/themedlabel.h"
#include "theme/metrics.h"
#include "theme/style.h"
#include "theme/stylepainter.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {
namespace {

class FailureCard : public QWidget
{
public:
    explicit FailureCard(const Theme *theme)
        : m_theme(theme)
    {
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        StylePainter(*m_theme).roundedBox(&painter, rect(), m_theme->colour(ColourRole::BadGround),
                                          m_theme->colour(ColourRole::Line));
    }

private:
    const Theme *m_theme;
};

} // namespace

FormDialog::FormDialog(const Theme *theme, const QString &title, const QString &sentence, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_sentence(new ThemedLabel(theme, FontRole::Small, ColourRole::InkQuiet, sentence))
    , m_scroll(new QScrollArea)
    , m_content(new QWidget)
{
    setWindowTitle(title);
    setAccessibleName(title);
    const int margin = theme->px(Metric::section);
    auto *heading = new ThemedLabel(theme, FontRole::Heading2, ColourRole::Ink, title);
    heading->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_sentence->setVisible(!sentence.isEmpty());
    m_body = new QVBoxLayout(m_content);
    m_body->setContentsMargins(margin, theme->px(Metric::step), margin, theme->px(Metric::within));
    m_body->setSpacing(theme->px(Metric::step));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_content);

    m_failure = new ThemedLabel(theme, FontRole::Small, ColourRole::Bad);
    m_failure->setObjectName(u"failure"_s);
    m_failure->setWordWrap(true);
    auto *card = new FailureCard(theme);
    auto *cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(theme->px(Metric::inset), theme->px(Metric::within),
                                   theme->px(Metric::inset), theme->px(Metric::within));
    cardColumn->addWidget(m_failure);
    m_failureBox = new QWidget;
    auto *failureColumn = new QVBoxLayout(m_failureBox);
    failureColumn->setContentsMargins(margin, theme->px(Metric::step), margin, 0);
    failureColumn->addWidget(card);
    m_failureBox->hide();

    auto *head = new QVBoxLayout;
    head->setContentsMargins(margin, margin, margin, theme->px(Metric::within));
    head->setSpacing(theme->px(Metric::step));
    head->addWidget(heading);
    head->addWidget(m_sentence);
    m_footer = new QHBoxLayout;
    m_footer->setContentsMargins(margin, theme->px(Metric::between), margin, margin);
    m_footer->setSpacing(theme->px(Metric::within));
    m_footer->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_failureBox);
    column->addLayout(m_footer);
    applyTheme();
    connect(theme, &Theme::changed, this, &FormDialog::applyTheme);
}

QString FormDialog::failureText() const
{
    return m_failureBox->isHidden() ? QString() : m_failure->text();
}

void FormDialog::applyTheme()
{
    QPalette ground = palette();
    ground.setColor(QPalette::Window, m_theme->colour(ColourRole::Page));
    setPalette(ground);
    fit();
}

ThemedLabel *FormDialog::addField(QVBoxLayout *column, const QString &label, QWidget *field)
{
    return FormFields(m_theme, column).addField(label, field);
}

ThemedLabel *FormDialog::addHelp(QVBoxLayout *column, const QString &text)
{
    return FormFields(m_theme, column).addHelp(text);
}

void FormDialog::addGap(QVBoxLayout *column, qreal length)
{
    FormFields(m_theme, column).addGap(length);
}

QPushButton *FormDialog::addSideButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    setButtonKind(button, ButtonKind::Link);
    m_footer->insertWidget(0, button);
    return button;
}

QPushButton *FormDialog::addButton(const QString &text)
{
    auto *button = new QPushButton(text);
    button->setAutoDefault(false);
    m_footer->addWidget(button);
    return button;
}

QPushButton *FormDialog::addDefaultButton(const QString &text)
{
    QPushButton *button = addButton(text);
    button->setDefault(true);
    setButtonKind(button, ButtonKind::Accent);
    return button;
}

void FormDialog::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void FormDialog::setFailure(const QString &sentence)
{
    m_failure->setText(sentence);
    m_failureBox->setVisible(!sentence.isEmpty());
    fit();
}

void FormDialog::goTo(QWidget *field)
{
    field->setFocus(Qt::OtherFocusReason);
    bringIntoView(field);
}

void FormDialog::bringIntoView(QWidget *widget)
{
    m_scroll->ensureWidgetVisible(widget, 0, m_theme->px(Metric::control));
}

void FormDialog::settle(QWidget *part)
{
    for (QWidget *inner : part->findChildren<QWidget *>()) {
        if (inner->layout())
            inner->layout()->activate();
    }
    part->layout()->activate();
}

void FormDialog::setHelp(ThemedLabel *help, const QString &text)
{
    FormFields::setHelp(help, text);
}

void FormDialog::fit()
{
    m_body->activate();
    const QRect available = screen()->availableGeometry();
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int wanted = std::max(m_theme->px(Metric::dialogWidth), m_content->minimumSizeHint().width() + bar);
    setMinimumWidth(std::min(wanted, available.width() * 9 / 10));
    const int shownWidth = std::max(width(), minimumWidth());
    const int content =
        std::max(m_content->minimumSizeHint().height(), m_content->heightForWidth(shownWidth));
    m_scroll->setMinimumHeight(std::min(content, m_theme->px(Metric::dialogLeast)));
    layout()->activate();
    int frame = 0;
    for (int i = 0; i < layout()->count(); ++i) {
        QLayoutItem *item = layout()->itemAt(i);
        if (item->widget() == m_scroll || item->isEmpty())
            continue;
        frame += item->hasHeightForWidth() ? item->heightForWidth(shownWidth) : item->sizeHint().height();
    }
    const int most = available.height() * 9 / 10;
    resize(shownWidth, std::min(content + frame, most));
    if (!isVisible())
        return;
    // Larger text must not push the buttons off the screen.
    const QSize free = available.size() - frameGeometry().size();
    move(std::clamp(x(), available.left(), available.left() + std::max(0, free.width())),
         std::clamp(y(), available.top(), available.top() + std::max(0, free.height())));
}

void FormDialog::showEvent(QShowEvent *event)
{
    fit();
    QDialog::showEvent(event);
}

} // namespace Parlance
