using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KommoFunctions.Configuration;

/// <summary>
/// Binds a configuration section to an options class and says of every missing or wrong setting its name and what it should look like.
/// The framework's binder stops at the first wrong value and names a type instead.
/// </summary>
internal static class SettingsBinder
{
    public static void Bind(IConfigurationSection section, object options)
    {
        var failures = new List<string>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<SettingAttribute>() is { } setting)
            {
                BindOne(section, options, property, setting, failures);
            }
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(section.Path, options.GetType(), failures);
        }
    }

    private static void BindOne(
        IConfigurationSection section, object options, PropertyInfo property, SettingAttribute setting, List<string> failures)
    {
        var path = $"{section.Path}:{property.Name}";
        var text = section[property.Name];
        if (string.IsNullOrWhiteSpace(text))
        {
            if (setting.Required)
            {
                failures.Add($"{path} is missing. It should be {setting.Shape}.");
            }

            return;
        }

        if (!TryConvert(text, property.PropertyType, out var value) || !InRange(value, property.PropertyType, setting))
        {
            failures.Add($"{path} is '{text}'. It should be {setting.Shape}.");
            return;
        }

        property.SetValue(options, value);
    }

    private static bool TryConvert(string text, Type type, out IComparable? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var culture = CultureInfo.InvariantCulture;
        value = null;
        if (type == typeof(string))
        {
            value = text;
        }
        else if (type == typeof(bool) && bool.TryParse(text, out var flag))
        {
            value = flag;
        }
        else if (type == typeof(int) && int.TryParse(text, NumberStyles.Integer, culture, out var number))
        {
            value = number;
        }
        else if (type == typeof(long) && long.TryParse(text, NumberStyles.Integer, culture, out var wide))
        {
            value = wide;
        }
        else if (type == typeof(TimeSpan) && TimeSpan.TryParse(text, culture, out var span))
        {
            value = span;
        }
        else if (type.IsEnum && char.IsLetter(text[0]) && Enum.TryParse(type, text, ignoreCase: true, out var member))
        {
            // A letter first, since the parser takes any number for a member.
            value = (IComparable)member!;
        }

        return value is not null;
    }

    private static bool InRange(IComparable? value, Type type, SettingAttribute setting) =>
        (setting.Min is null || (TryConvert(setting.Min, type, out var min) && value!.CompareTo(min) >= 0))
        && (setting.Max is null || (TryConvert(setting.Max, type, out var max) && value!.CompareTo(max) <= 0));
}
