using System.Diagnostics.CodeAnalysis;

namespace Kommo;

/// <summary>
/// What an update does with a field: nothing (the default: it is not sent and stays as it is), or a new value. Where
/// <typeparamref name="T"/> can be null, null is a value too: it is sent, and clears the field. A value converts by
/// itself, so that <c>Price = 100</c> sets and <c>Price = null</c> clears.
/// </summary>
/// <typeparam name="T">The field's type.</typeparam>
public readonly struct Change<T> : IEquatable<Change<T>>, IChange
{
    private readonly T _value;

    /// <summary>Sets the field to this value; null clears it.</summary>
    public Change(T value) => (_value, IsSet) = (value, true);

    /// <summary>Whether the field changes at all.</summary>
    public bool IsSet { get; }

    /// <summary>The new value.</summary>
    /// <exception cref="InvalidOperationException">The field does not change.</exception>
    public T Value => IsSet ? _value : throw new InvalidOperationException("The field does not change.");

    /// <summary>Sets the field to this value; null clears it.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternative.")]
    public static implicit operator Change<T>(T value) => new(value);

    /// <summary>Whether both do the same.</summary>
    public static bool operator ==(Change<T> left, Change<T> right) => left.Equals(right);

    /// <summary>Whether they do different things.</summary>
    public static bool operator !=(Change<T> left, Change<T> right) => !left.Equals(right);

    /// <summary>The new value, or this one when the field does not change.</summary>
    public T? ValueOr(T? unchanged) => IsSet ? _value : unchanged;

    /// <inheritdoc />
    public bool Equals(Change<T> other) => IsSet == other.IsSet && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Change<T> other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(IsSet, _value);

    /// <summary>Says whether the field changes, without its value: that may be somebody's data.</summary>
    public override string ToString() => !IsSet ? "unchanged" : _value is null ? "cleared" : "changed";
}

/// <summary>A change of any field.</summary>
internal interface IChange
{
    bool IsSet { get; }
}
