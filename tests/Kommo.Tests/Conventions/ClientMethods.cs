using System.Reflection;

namespace Kommo.Tests.Conventions;

/// <summary>Every method of the client that asks Kommo for something, found from <see cref="KommoClient"/> on by what it offers.</summary>
internal static class ClientMethods
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    public static IEnumerable<(object Client, MethodInfo Method)> Of(KommoClient kommo)
    {
        var waiting = new Queue<(object Client, int Depth)>([((object)kommo, 0)]);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var property in next.Client.GetType().GetProperties(Public).Where(p => IsClient(p.PropertyType)))
            {
                Add(property.GetValue(next.Client)!, next.Depth);
            }

            foreach (var method in Methods(next.Client.GetType()))
            {
                if (IsClient(method.ReturnType))
                {
                    Add(Call(next.Client, method)!, method.ReturnType == next.Client.GetType() ? next.Depth + 1 : next.Depth);
                }
                else
                {
                    yield return (next.Client, method);
                }
            }

            void Add(object client, int depth)
            {
                if (depth < 2 && seen.Add(client))
                {
                    waiting.Enqueue((client, depth));
                }
            }
        }
    }

    public static object? Call(object client, MethodInfo method) => method.Invoke(client, [.. method.GetParameters().Select(Samples.For)]);

    /// <summary>Calls a method with made-up arguments and goes to the end of what it returns.</summary>
    public static async Task RunAsync(object client, MethodInfo method)
    {
        var result = Call(client, method);
        if (result is Task task)
        {
            await task;
            return;
        }

        var element = method.ReturnType.GetGenericArguments()[0];
        await (Task)typeof(ClientMethods).GetMethod(nameof(DrainAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(element).Invoke(null, [result])!;
    }

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> items) => await items.CountAsync();

    private static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods(Public)
        .Where(method => !method.IsSpecialName && method.DeclaringType!.Assembly == typeof(KommoClient).Assembly);

    private static bool IsClient(Type type) =>
        type.Assembly == typeof(KommoClient).Assembly && type.Name.EndsWith("Client", StringComparison.Ordinal) && type != typeof(KommoClient);
}
