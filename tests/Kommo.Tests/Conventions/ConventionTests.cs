using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kommo.Tests.Conventions;

/// <summary>What holds for the client as a whole. The routes are those of Kommo's documentation, one a line, with every id as <c>{id}</c>.</summary>
public sealed class ConventionTests
{
    [Fact]
    public async Task Every_route_of_the_catalogue_has_a_method_and_every_method_a_route_of_the_catalogue()
    {
        var reached = (await CallAllAsync()).Select(call => $"{call.Method} {call.Template}").Distinct().ToList();

        Assert.Equal([], Catalogue.Routes.Except(reached).Order(StringComparer.Ordinal));
        Assert.Equal([], reached.Except(Catalogue.Routes).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_request_goes_where_its_template_says()
    {
        var calls = await CallAllAsync();

        Assert.All(calls, call => Assert.Matches(
            $"^{Regex.Replace(Regex.Escape(call.Template), @"\\\{[a-z]+}", "[^/]+")}$", call.Path));
    }

    [Fact]
    public async Task Every_method_of_the_client_asks_Kommo_for_something()
    {
        var handler = new RecordingHandler();
        foreach (var (client, method) in ClientMethods.Of(NewClient(handler)))
        {
            var before = handler.Seen.Count;
            await RunAsync(client, method);
            Assert.True(handler.Seen.Count == before + 1, $"{client.GetType().Name}.{method.Name} made {handler.Seen.Count - before} requests.");
        }
    }

    [Fact]
    public void Every_public_type_and_method_has_a_doc_comment()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(KommoClient).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is { } summary ? summary.Value.Trim().Length > 0 : member.Element("inheritdoc") is not null)
            .Select(member => member.Attribute("name")!.Value)
            .ToList();
        var names = documented.Select(name => name.Split('(')[0]).ToHashSet(StringComparer.Ordinal);
        var missing = typeof(KommoClient).Assembly.GetExportedTypes().SelectMany(type => PublicMembers(type).Prepend($"T:{NameOf(type)}"))
            .Where(name => !names.Contains(name));

        Assert.Equal([], missing);
    }

    [Fact]
    public void Every_resource_of_the_client_is_in_an_example()
    {
        using var stream = typeof(ConventionTests).Assembly.GetManifestResourceStream("Examples.cs")!;
        var examples = new StreamReader(stream).ReadToEnd();
        var resources = typeof(KommoClient).GetProperties().Select(property => property.Name);

        Assert.Equal([], resources.Where(name => !examples.Contains($"kommo.{name}", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<(HttpMethod Method, string Template, string Path)>> CallAllAsync()
    {
        var handler = new RecordingHandler();
        foreach (var (client, method) in ClientMethods.Of(NewClient(handler)))
        {
            await RunAsync(client, method);
        }

        return [.. handler.Seen];
    }

    private static KommoClient NewClient(RecordingHandler handler) =>
        new(new HttpClient(handler) { BaseAddress = new Uri("https://example.kommo.com/") });

    /// <summary>Runs a method to its end. That an empty answer does not suit it is no concern here.</summary>
    private static async Task RunAsync(object client, MethodInfo method)
    {
        try
        {
            await ClientMethods.RunAsync(client, method);
        }
        catch (KommoUnexpectedResponseException)
        {
        }
    }

    private static IEnumerable<string> PublicMembers(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => !method.IsSpecialName && !method.Name.StartsWith('<') && !IsOfTheCompiler(method))
        .Select(method => $"M:{NameOf(type)}.{method.Name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}");

    /// <summary>What the compiler gives a record, an enumeration or a delegate.</summary>
    private static bool IsOfTheCompiler(MethodInfo method) =>
        method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || method.DeclaringType!.GetMethod("<Clone>$") is not null && method.Name is "Equals" or "GetHashCode" or "ToString" or "Deconstruct"
        || method.DeclaringType.IsSubclassOf(typeof(Delegate));

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
