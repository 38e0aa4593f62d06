// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSharedData>

#include <utility>

namespace Parlance {

//! A value that is seldom there, out of the way of those without it: as it is made it takes a pointer and
//! nothing else. Copies share it until one of them is changed.
template <typename T> class Apart
{
public:
    Apart() = default;
    Apart(T value)
        : m_held(value == nothing() ? nullptr : new Held(std::move(value)))
    {
    }

    const T &value() const { return m_held ? m_held->value : nothing(); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return &value(); }
    operator const T &() const { return value(); }
    //! To write to.
    T &change()
    {
        if (!m_held)
            m_held = new Held(T{});
        return m_held->value;
    }

    friend bool operator==(const Apart &one, const Apart &other)
    {
        return one.m_held == other.m_held || one.value() == other.value();
    }

private:
    struct Held : public QSharedData
    {
        explicit Held(T what)
            : value(std::move(what))
        {
        }
        T value;
    };

    static const T &nothing()
    {
        static const T value{};
        return value;
    }

    QSharedDataPointer<Held> m_held;
};

} // namespace Parlance
