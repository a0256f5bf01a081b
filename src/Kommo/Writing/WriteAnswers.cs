using System.Text.Json;

namespace Kommo;

/// <summary>What Kommo answers for one item of a write.</summary>
internal interface IWriteAnswer
{
    /// <summary>The item's <c>request_id</c>, where Kommo repeats it.</summary>
    string? RequestId { get; }

    /// <summary>The entity's id, for answers to changes.</summary>
    string? Key { get; }
}

/// <summary>Finds each item's answer among those of a request.</summary>
internal static class WriteAnswers
{
    public static string? RequestIdIn(IDictionary<string, JsonElement>? fields) =>
        fields is not null && fields.TryGetValue("request_id", out var id)
            ? id.ValueKind switch
            {
                JsonValueKind.String => id.GetString(),
                JsonValueKind.Number => id.GetRawText(),
                _ => null,
            }
            : null;

    /// <summary>
    /// The answers in the order of the items: found by the request id, else by the entity's id, else by position when no
    /// answer can be told from another and there are as many of them as items. Null where an item's answer is missing.
    /// </summary>
    public static TAnswer?[] InOrder<TItem, TAnswer>(IReadOnlyList<TItem> items, IReadOnlyList<TAnswer> answers)
        where TItem : WriteItem
        where TAnswer : class
    {
        if (answers.Count == items.Count
            && answers.All(answer => RequestIdOf(answer) is null)
            && (items.All(item => item.Key is null) || answers.All(answer => KeyOf(answer) is null)))
        {
            return [.. answers];
        }

        var byRequestId = Index(answers, RequestIdOf);
        var byKey = Index(answers, KeyOf);
        return [.. items.Select(item => Find(byRequestId, item.RequestId) ?? Find(byKey, item.Key))];
    }

    private static string? RequestIdOf<TAnswer>(TAnswer answer) => (answer as IWriteAnswer)?.RequestId;

    private static string? KeyOf<TAnswer>(TAnswer answer) => (answer as IWriteAnswer)?.Key;

    private static TAnswer? Find<TAnswer>(Dictionary<string, TAnswer> answers, string? key)
        where TAnswer : class => key is null ? null : answers.GetValueOrDefault(key);

    private static Dictionary<string, TAnswer> Index<TAnswer>(IReadOnlyList<TAnswer> answers, Func<TAnswer, string?> keyOf)
    {
        var index = new Dictionary<string, TAnswer>(answers.Count, StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            if (keyOf(answer) is { } key)
            {
                index[key] = answer;
            }
        }

        return index;
    }
}
