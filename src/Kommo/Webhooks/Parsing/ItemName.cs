using System.Text;

namespace Kommo.Webhooks;

/// <summary>
/// How a key names its item: <c>entity[action][index]</c>, with the index left out here and there, with one level more
/// for tasks, and with no entity at all for template reviews (<c>add[index]</c>).
/// </summary>
internal static class ItemName
{
    private const string Account = "account";

    /// <summary>Splits a decoded key. False for one that belongs to no item.</summary>
    /// <param name="key">The whole key.</param>
    /// <param name="entity">The entity; empty where the key has none.</param>
    /// <param name="action">The action.</param>
    /// <param name="length">How long the item's name is.</param>
    /// <param name="isExact">Whether every key that begins with this name is of this item.</param>
    public static bool TrySplit(
        ReadOnlySpan<byte> key, out ReadOnlySpan<byte> entity, out ReadOnlySpan<byte> action, out int length, out bool isExact)
    {
        action = default;
        length = 0;
        isExact = false;
        var nameEnd = key.IndexOf((byte)'[');
        entity = key[..Math.Max(nameEnd, 0)];
        if (entity.IsEmpty || !KeyPath.TryTakeSegment(key[nameEnd..], out var first, out var rest))
        {
            return false;
        }

        if (IsAction(entity))
        {
            action = entity;
            entity = default;
            rest = key[nameEnd..];
            isExact = TakeIndex(ref rest);
        }
        else
        {
            action = first;
            isExact = TakeIndex(ref rest);
            if (MayNestDeeper(entity))
            {
                isExact = false;
                while (TakeIndex(ref rest))
                {
                }
            }
        }

        length = key.Length - rest.Length;
        return true;
    }

    /// <summary>Throws for an item that <see cref="TrySplit"/> would read as another one, once written.</summary>
    public static void Require(string entity, string action, WebhookFields fields)
    {
        var isWritable = entity.Length == 0
            ? IsAction(Encoding.UTF8.GetBytes(action))
            : entity != Account
                && !entity.Contains('[', StringComparison.Ordinal)
                && action.AsSpan().IndexOfAny('[', ']') < 0
                && !IsAction(Encoding.UTF8.GetBytes(entity))
                && !(MayNestDeeper(Encoding.UTF8.GetBytes(entity)) && HasIndex(fields));
        if (!isWritable)
        {
            throw new ArgumentException("No hook can carry this entity, action and fields.", nameof(entity));
        }
    }

    private static bool HasIndex(WebhookFields fields)
    {
        foreach (var span in fields.Spans)
        {
            if (KeyPath.TryTakeSegment(span.Key(fields.Buffer), out var first, out _) && KeyPath.IsIndex(first))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TakeIndex(ref ReadOnlySpan<byte> key)
    {
        if (!KeyPath.TryTakeSegment(key, out var segment, out var rest) || !KeyPath.IsIndex(segment))
        {
            return false;
        }

        key = rest;
        return true;
    }

    /// <summary>Kommo's own example of a changed task has an extra level (Kommo: Webhooks).</summary>
    private static bool MayNestDeeper(ReadOnlySpan<byte> entity) => entity.SequenceEqual("task"u8) || entity.SequenceEqual("tasks"u8);

    /// <summary>Actions that stand where an entity should: no entity has such a name.</summary>
    private static bool IsAction(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("add"u8) || name.SequenceEqual("update"u8) || name.SequenceEqual("delete"u8);
}
