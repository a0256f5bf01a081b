using System.Reflection;
using Azure.Data.Tables;
using KommoFunctions.Limiting;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>No store, and no method of one that writes, is forgotten by <see cref="StoreCases"/>.</summary>
public sealed class StoreConventionTests
{
    /// <summary>The primitive, which all cases go through; and the limiter, whose table is looked after by a package with tests of its own.</summary>
    private static readonly Type[] Others = [typeof(VersionedRows), typeof(AccountLimiters)];

    private static readonly string[] Reading = ["Get", "Find", "Read", "List", "Has", "Count", "Peek", "UnderWay", "Open", "Is"];

    [Fact]
    public void Every_method_that_writes_has_a_case()
    {
        var written = StoreCases.All.Select(test => $"{test.Store.Name}.{test.Method}").ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], Stores().SelectMany(WritesOf).Where(method => !written.Contains(method)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_store_has_methods_that_write() => Assert.All(Stores(), store => Assert.NotEmpty(WritesOf(store)));

    private static List<Type> Stores()
    {
        var stores = typeof(VersionedRows).Assembly.GetTypes()
            .Where(type => !Others.Contains(type) && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(constructor => constructor.GetParameters())
                .Any(parameter => parameter.ParameterType == typeof(TableClient) || parameter.ParameterType == typeof(VersionedRows)))
            .ToList();
        Assert.True(stores.Count >= 9, $"Only {stores.Count} stores were found.");
        return stores;
    }

    private static IEnumerable<string> WritesOf(Type store) => store
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method.DeclaringType?.Assembly == store.Assembly && !method.IsPrivate && (typeof(Task).IsAssignableFrom(method.ReturnType) || method.ReturnType == typeof(ValueTask)
            || (method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))))
        .Where(method => !Reading.Any(verb => method.Name.StartsWith(verb, StringComparison.Ordinal)))
        .Select(method => $"{store.Name}.{method.Name}");
}
