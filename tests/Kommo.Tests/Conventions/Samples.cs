using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kommo.Tests.Conventions;

/// <summary>Makes an argument for any parameter of the client's methods.</summary>
internal static class Samples
{
    public static object? For(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.HasDefaultValue)
        {
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null && parameter.DefaultValue is null
                ? Activator.CreateInstance(type)
                : parameter.DefaultValue is { } value && type.IsEnum ? Enum.ToObject(type, value) : parameter.DefaultValue;
        }

        return parameter.Name == "returnUrl" ? new Uri("https://example.kommo.com/api/v4/salesbot/1/continue/1") : Of(type);
    }

    private static object? Of(Type type)
    {
        if (type == typeof(string))
        {
            return "1";
        }

        if (type == typeof(Uri))
        {
            return new Uri("https://example.com/x");
        }

        if (type == typeof(EntityType))
        {
            return EntityType.Leads;
        }

        if (type == typeof(NewTextKnowledge))
        {
            return new NewTextKnowledge { Use = KnowledgeUse.Agent, Name = "1", Text = "Ten letters", Lang = "en" };
        }

        if (type == typeof(Link))
        {
            return Link.ToCatalogElement(1, 1) with { EntityId = 1 };
        }

        if (type == typeof(Stream))
        {
            return new MemoryStream([1]);
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            return Convert.ChangeType(1, type, null);
        }

        if (ElementOf(type) is { } element)
        {
            var items = Array.CreateInstance(element, 1);
            items.SetValue(element == typeof(string) ? "add_lead" : Of(element), 0);
            return type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
                ? typeof(Samples).GetMethod(nameof(AsAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element).Invoke(null, [items])
                : items;
        }

        return type.IsValueType ? Activator.CreateInstance(type) : Object(type);
    }

    private static object Object(Type type)
    {
        var made = Activator.CreateInstance(type, nonPublic: true)!;
        foreach (var property in type.GetProperties().Where(p => p.GetCustomAttribute<RequiredMemberAttribute>() is not null))
        {
            property.SetValue(made, Of(property.PropertyType));
        }

        return made;
    }

    private static Type? ElementOf(Type type) => type is { IsGenericType: true, IsInterface: true } ? type.GetGenericArguments()[0] : null;

    private static IAsyncEnumerable<T> AsAsync<T>(T[] items) => items.ToAsyncEnumerable();
}
