// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace Parlance {

class Theme;

//! Things to try in an empty conversation with the built-in agent, one button each, in as many rows as
//! the width needs.
class Suggestions : public QWidget
{
    Q_OBJECT
public:
    explicit Suggestions(const Theme *theme, QWidget *parent = nullptr);

    //! The widest button; rows are made of what there is.
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &prompt);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void arrange();
    //! How many buttons stand in each row.
    QList<int> rowsFor(int width) const;

    const Theme *m_theme;
    QVBoxLayout *m_column;
    QList<QPushButton *> m_buttons;
    QList<int> m_rows;
};

} // namespace Parlance
