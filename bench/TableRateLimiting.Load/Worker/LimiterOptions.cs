using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace TableRateLimiting.Load.Worker;

/// <summary>The limiter's options from the command line: any property by its name, spans as <c>30ms</c>, <c>2s</c>, <c>1min</c> or <c>0:00:01</c>.</summary>
internal static class LimiterOptions
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("min", 60_000), ("s", 1000)];

    /// <exception cref="ArgumentException">There is no such option, or the value is not one of its type.</exception>
    public static TableRateLimiterOptions Parse(IEnumerable<string> assignments)
    {
        var options = new TableRateLimiterOptions();
        foreach (var assignment in assignments)
        {
            var parts = assignment.Split('=', 2);
            var property = typeof(TableRateLimiterOptions).GetProperty(parts[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (parts is not [_, var value] || property is null)
            {
                throw new ArgumentException($"'{assignment}' should be Name=Value with the name of one of the limiter's options.");
            }

            property.SetValue(options, Convert(value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }

        return options;
    }

    private static object? Convert(string value, Type type)
    {
        if (type == typeof(TimeSpan))
        {
            foreach (var (unit, milliseconds) in Units)
            {
                if (value.EndsWith(unit, StringComparison.Ordinal)
                    && double.TryParse(value.AsSpan(0, value.Length - unit.Length), CultureInfo.InvariantCulture, out var amount))
                {
                    return TimeSpan.FromMilliseconds(amount * milliseconds);
                }
            }
        }

        return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
    }
}
