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

    //! running: how long it has been, while it comes.
    void show(const ComparedCell &cell, std::optional<std::chrono::milliseconds> running);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Fact
    {
        QWidget *box = nullptr;
        ThemedLabel *name = nullptr;
        ThemedLabel *value = nullptr;
    };

    void set(std::size_t index, const QString &name, const QString &value, Standing standing = Standing::None,
             bool isOther = false);
    void restyle();

    const Theme *m_theme;
    FlowLayout *m_flow;
    std::vector<Fact> m_facts;
};

} // namespace Parlance
