namespace KommoFunctions.Configuration;

/// <summary>Says of an option what its setting should look like, for the error that a missing or wrong one gives at start.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string shape) : Attribute
{
    /// <summary>What a right value looks like, in words and with an example.</summary>
    public string Shape { get; } = shape;

    /// <summary>Whether the app cannot start without it.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value allowed, written as in the settings.</summary>
    public string? Min { get; init; }

    /// <summary>The largest value allowed, written as in the settings.</summary>
    public string? Max { get; init; }
}
