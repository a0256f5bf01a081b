using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Kommo.Webhooks;
using KommoFunctions.Chats;
using KommoFunctions.DeadLetters;
using KommoFunctions.Salesbot;

namespace KommoFunctions.Core.Tests.Conventions;

/// <summary>What reads a stranger's or a tenant's text does work in proportion to its length, whatever the text is.</summary>
public sealed class HostileTextTests
{
    private const int Size = 4 * 1024 * 1024;

    /// <summary>Far above what 4 MB take in one pass on a slow machine, and far below what they take in a quadratic one (37 s and more).</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        ["redaction"] = text => TokenRedaction.Of(text),
        ["readable form"] = text => ReadableForm.Of(text),
        ["subject of a command"] = text => SubjectReader.OfCommand("leads.update", "1", text),
        ["token of a bot"] = text => SalesbotToken.Find(Encoding.UTF8.GetBytes(text)),
        ["request of a bot"] = text => SalesbotBody.Read(Encoding.UTF8.GetBytes(text)),
        ["hook of a chat"] = text => ChatHook.Read(Encoding.UTF8.GetBytes(text), "scope"),
        ["hook"] = text => WebhookParser.Parse(Encoding.UTF8.GetBytes(text)),
    };

    private static readonly string[] Patterns =
    [
        "-eyJaaaaaa", "-eyJaaaaaa.eyJaaaaaa", "eyJ", "eyJ.", ".", "&", "=", "a=1&", "a[b][0][c]=1&", "%", "%25", "%E4=%D0%9F&", "token=eyJ.&", "{\"a\":", "[", "\\ud800",
    ];

    public static MatrixTheoryData<string, string> Cases => new([.. Readers.Keys], Patterns);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Four_megabytes_of_any_pattern_are_read_in_one_pass(string reader, string pattern)
    {
        string[] texts = [Repeated(pattern), "token=" + Repeated(pattern), "{\"token\":\"" + Repeated(pattern) + "\"}"];
        var start = TimeProvider.System.GetTimestamp();

        foreach (var text in texts)
        {
            _ = Record.Exception(() => Readers[reader](text));
        }

        var taken = TimeProvider.System.GetElapsedTime(start);
        Assert.True(taken < Bound, $"{taken} for {texts.Length} times 4 MB");
    }

    [Fact]
    public void No_regular_expression_reads_what_others_wrote_but_one_that_goes_through_an_address_once() => Assert.Equal(
        ["SalesbotClient.ContinuePath"],
        new[] { typeof(KommoFunctionsBuilder).Assembly, typeof(global::Kommo.KommoClient).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMembers(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(member => member is MethodInfo { ReturnType: var made } && made == typeof(Regex) || member is FieldInfo { FieldType: var held } && held == typeof(Regex))
            .Where(member => member.DeclaringType!.Namespace?.StartsWith("Kommo", StringComparison.Ordinal) == true)
            .Select(member => $"{member.DeclaringType!.Name}.{member.Name}"));

    private static string Repeated(string pattern) => string.Concat(Enumerable.Repeat(pattern, Size / pattern.Length));
}
