// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/sidebyside.h"

#include <QWidget>

namespace Parlance {

class FlowLayout;
class ThemedLabel;
class Theme;

//! Times and numbers of an answer between two hairlines. The best and the worst have a sign and a colour.
class FactsLine : public QWidget
{
    Q_OBJECT
public:
    FactsLine(const Theme *theme, QWidget *parent);

    struct Fact
    {
        QString name = {};
        QString value = {};
        Standing standing = Standing::None;
        QString remark = {}; //!< beside being the best or the worst; the value stands out for it
    };

    void setFacts(const std::vector<Fact> &facts);
    //! Those of an answer. running: how long it has been, while it comes.
    void show(const ComparedCell &cell, std::optional<std::chrono::milliseconds> running);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Place
    {
        QWidget *box = nullptr;
        ThemedLabel *name = nullptr;
        ThemedLabel *value = nullptr;
    };

    void addPlace();
    static void fill(const Place &place, const Fact &fact);
    void restyle();

    const Theme *m_theme;
    FlowLayout *m_flow;
    std::vector<Place> m_places;
};

//! "0.54 s"; a dash if it is absent.
QString timeText(const std::optional<double> &ms);

} // namespace Parlance
