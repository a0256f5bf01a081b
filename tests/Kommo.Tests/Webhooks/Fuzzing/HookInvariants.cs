using System.Collections.Concurrent;
using System.Reflection;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks.Fuzzing;

/// <summary>What holds for every body, whatever it is.</summary>
internal static class HookInvariants
{
    /// <summary>A zone with all that zones can have: summer time, and a history.</summary>
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> Getters = new();

    /// <summary>
    /// Parses the body, reads every typed property of every event, writes each event alone and reads it again. The body may be refused as no hook;
    /// nothing else may be thrown, and each event comes back as it was.
    /// </summary>
    /// <returns>How many events the body holds.</returns>
    public static int Check(byte[] body)
    {
        try
        {
            return Parse(body) is { } hook ? Check(hook) : 0;
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"The body {Convert.ToBase64String(body)} breaks the parser: {broken.Message}", broken);
        }
    }

    private static int Check(Webhook hook)
    {
        foreach (var told in hook.Events)
        {
            ReadAll(told);
            var again = WebhookParser.Parse(WebhookWriter.Write(hook.Account, told), Zone);
            if (again.Events.Count != 1 || !told.Equals(again.Events[0]) || told.GetType() != again.Events[0].GetType() || again.Account != hook.Account)
            {
                throw new InvalidOperationException($"Written alone, {told.GetType().Name} comes back as another event.");
            }

            if (!told.Equals(WebhookEvent.Create(told.Entity, told.Action, told.Fields)))
            {
                throw new InvalidOperationException($"Made anew, {told.GetType().Name} is another event.");
            }
        }

        return hook.Events.Count;
    }

    /// <summary>Reads every typed property, and those of what they give.</summary>
    public static void ReadAll(object read)
    {
        foreach (var getter in Getters.GetOrAdd(read.GetType(), GettersOf))
        {
            switch (getter(read))
            {
                case string:
                    break;
                case System.Collections.IEnumerable list:
                    foreach (var element in list)
                    {
                        ReadParts(element);
                    }

                    break;
                case { } part:
                    ReadParts(part);
                    break;
            }
        }
    }

    private static void ReadParts(object? part)
    {
        if (part is WebhookNote or WebhookNoteSource or WebhookCustomField or WebhookCustomFieldValue)
        {
            ReadAll(part);
        }
    }

    /// <summary>Compiled, since reflection would take most of the time.</summary>
    private static Func<object, object?>[] GettersOf(Type type) =>
    [
        .. type.GetProperties().Where(property => property.GetIndexParameters().Length == 0)
            .Select(property => (Func<object, object?>)typeof(HookInvariants).GetMethod(nameof(Getter), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type, property.PropertyType).Invoke(null, [property.GetMethod!])!),
    ];

    private static Func<object, object?> Getter<TOwner, TValue>(MethodInfo get)
    {
        var typed = get.CreateDelegate<Func<TOwner, TValue>>();
        return owner => typed((TOwner)owner);
    }

    private static Webhook? Parse(byte[] body)
    {
        try
        {
            return WebhookParser.Parse(body, Zone);
        }
        catch (WebhookFormatException)
        {
            return null;
        }
    }
}
