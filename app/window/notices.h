// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>

class QWidget;

namespace Parlance {

enum class NoticeTone { Plain, Caution, Bad };

//! Something the window says without stopping anybody.
struct Notice
{
    QString key = {}; //!< a later notice with the same key takes this one's place
    NoticeTone tone = NoticeTone::Plain;
    QString text = {};
    QString actionText = {}; //!< empty: no button
    std::function<void()> action = {};
    std::chrono::milliseconds lifetime{0}; //!< 0: until dismissed
};

struct Question
{
    QString title = {};
    QString text = {};
    QString yes = {}; //!< the verb on the button
};

//! Everything the window tells or asks on its own. A test answers by overriding ask().
class Notices : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void show(const Notice &notice);
    void dismiss(const QString &key);
    //! Runs the notice's action and dismisses it.
    void run(const QString &key);
    const QList<Notice> &current() const { return m_current; }
    const Notice *find(const QString &key) const;

    //! Opens a question and returns at once; onYes runs if and when it is answered with yes.
    virtual void ask(const Question &question, QWidget *parent, std::function<void()> onYes);
    //! Tells something that wants an answer of "OK" and nothing else.
    virtual void tell(const QString &title, const QString &text, QWidget *parent);

Q_SIGNALS:
    void changed();

private:
    QList<Notice> m_current;
    int m_generation = 0;
    QHash<QString, int> m_generations;
};

} // namespace Parlance
