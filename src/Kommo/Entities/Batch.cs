using System.Globalization;

namespace Kommo;

/// <summary>The rules of a request that writes many entities.</summary>
internal static class Batch
{
    public static void Require<T>(IReadOnlyList<T> items, string parameter)
    {
        ArgumentNullException.ThrowIfNull(items, parameter);
        if (items.Count > KommoLimits.EntitiesPerRequest)
        {
            throw new ArgumentException(
                $"One request takes at most {KommoLimits.EntitiesPerRequest} entities, not {items.Count}.", parameter);
        }
    }

    /// <summary>The items, each with a request id of its own: the caller's, or else its position.</summary>
    public static T[] WithRequestIds<T>(IReadOnlyList<T> items, string parameter)
        where T : class, IBatchItem<T>
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (items.Any(item => item.RequestId is { } id && !taken.Add(id)))
        {
            throw new ArgumentException("Two items of one request have the same request id.", parameter);
        }

        return items.Select((item, position) => item.RequestId is null ? item.WithRequestId(FreeId(taken, position)) : item).ToArray();
    }

    /// <summary>
    /// The answers in the order of the items, found by key; by position when no answer has a key and there are as many
    /// of them as items. Null when an item's answer is missing.
    /// </summary>
    public static IReadOnlyList<TAnswer>? InOrder<TItem, TKey, TAnswer>(
        IReadOnlyList<TItem> items, Func<TItem, TKey?> keyOfItem, IReadOnlyList<TAnswer> answers, Func<TAnswer, TKey?> keyOfAnswer)
        where TAnswer : class
    {
        if (answers.Count == items.Count && answers.All(answer => keyOfAnswer(answer) is null))
        {
            return answers;
        }

        var byKey = new Dictionary<object, TAnswer>();
        foreach (var answer in answers)
        {
            if (keyOfAnswer(answer) is { } key)
            {
                byKey[key] = answer;
            }
        }

        var ordered = new TAnswer[items.Count];
        for (var i = 0; i < ordered.Length; i++)
        {
            if (keyOfItem(items[i]) is not { } key || !byKey.TryGetValue(key, out var answer))
            {
                return null;
            }

            ordered[i] = answer;
        }

        return ordered;
    }

    private static string FreeId(HashSet<string> taken, int position)
    {
        var id = position.ToString(CultureInfo.InvariantCulture);
        while (!taken.Add(id))
        {
            id += "_";
        }

        return id;
    }
}
