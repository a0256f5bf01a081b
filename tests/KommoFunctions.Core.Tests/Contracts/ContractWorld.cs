using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure;
using KommoFunctions.Emulators.Storage.InMemory;
using KommoFunctions.Emulators.Storage.InMemory.Interleaving;
using KommoFunctions.Storage;

namespace KommoFunctions.Core.Tests.Contracts;

/// <summary>Plays a case with trouble at each of its requests, and compares what came of it with what may.</summary>
internal sealed partial class ContractWorld
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);

    private readonly InterleavedTime _time = new(Start);
    private readonly InMemoryStorage _storage;
    private readonly ContractProcess _one;
    private readonly ContractProcess _other;
    private Excuse _excuse = Excuse.None;

    private ContractWorld()
    {
        _storage = new InMemoryStorage(_time);
        (_one, _other) = (new ContractProcess(_storage, _time), new ContractProcess(_storage, _time));
    }

    public static async Task<ContractWorld> CreateAsync()
    {
        var world = new ContractWorld();
        await world._other.Get<StorageProvisioner>().EnsureCreatedAsync();
        return world;
    }

    /// <param name="test">The case.</param>
    /// <param name="trouble">What happens at each of its requests.</param>
    /// <param name="excuse">What may differ; nothing without one.</param>
    /// <returns>What came out that may not; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> PlayAsync(StoreCase test, StorageTrouble trouble, Excuse? excuse = null)
    {
        _excuse = excuse ?? Excuse.None;
        var (requests, isCrash) = (0, trouble is StorageTrouble.Crash);
        var alone = await PlayOnceAsync(test, async () => await RunAsync(_one, test.Act, act => ValueTask.FromResult(Count(act, ref requests))));
        var allowed = new HashSet<string>(StringComparer.Ordinal) { alone };
        if (trouble is StorageTrouble.Conflict or StorageTrouble.StaleRead)
        {
            allowed =
            [
                await PlayOnceAsync(test, async () => $"{await test.Act(_one)} {await test.Other(_other)}"),
                await PlayOnceAsync(test, async () => await test.Other(_other) is var other ? $"{await test.Act(_one)} {other}" : ""),
                // The one or the other was refused, and told so.
                await PlayOnceAsync(test, async () => $"{await test.Act(_one)} False"),
                await PlayOnceAsync(test, async () => $"False {await test.Other(_other)}"),
                await PlayOnceAsync(test, async () => $" {await test.Other(_other)}"),
                .. test.GivesWay ? [await PlayOnceAsync(test, async () => $"done {await test.Other(_other)}")] : Array.Empty<string>(),
            ];
        }

        var wrong = new List<string>();
        for (var at = 0; at < requests; at++)
        {
            var outcome = await PlayOnceAsync(test, () => TroubleAsync(test, trouble, at));
            if (!(isCrash ? StateIn(outcome) == StateIn(alone) : allowed.Contains(outcome)))
            {
                wrong.Add($"{trouble} at request {at} of {requests} of {test.Name}:\n{outcome}\nMay be:\n{string.Join("\n\n", allowed)}");
            }
        }

        return wrong;
    }

    private async Task<string> TroubleAsync(StoreCase test, StorageTrouble trouble, int at)
    {
        var (number, other, isDead) = (-1, default(object), false);
        var result = await RunAsync(_one, test.Act, async act =>
        {
            if (++number != at)
            {
                return act();
            }

            if (trouble is StorageTrouble.Conflict)
            {
                other = await test.Other(_other);
            }

            var answer = act();
            switch (trouble)
            {
                case StorageTrouble.StaleRead:
                    other = await test.Other(_other);
                    return answer;
                case StorageTrouble.LostAnswer:
                    throw new RequestFailedException("The connection broke.", new IOException("The connection broke."));
                case StorageTrouble.Crash:
                    isDead = true;
                    return await new TaskCompletionSource<StorageAnswer>().Task;
                default:
                    return answer;
            }
        }, () => isDead);
        return trouble switch
        {
            StorageTrouble.Crash => await RunAsync(_other, test.Act, network: null),
            StorageTrouble.LostAnswer => result,
            _ => $"{result} {other}",
        };
    }

    /// <summary>Runs an act to its end, or to where its process dies; the waits between its attempts end at once.</summary>
    private async Task<string> RunAsync(
        ContractProcess process,
        Func<ContractProcess, Task<object?>> act,
        Func<Func<StorageAnswer>, ValueTask<StorageAnswer>>? network,
        Func<bool>? isDead = null)
    {
        bool Died() => isDead?.Invoke() == true;

        process.Network = network;
        var work = act(process);
        while (!work.IsCompleted && !Died())
        {
            if (_time.NextDue is { } due)
            {
                _time.MoveTo(due);
            }
            else
            {
                // What runs side by side comes back on another thread.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        process.Network = null;
        return Died() ? "" : $"{await work}";
    }

    private async Task<string> PlayOnceAsync(StoreCase test, Func<Task<string>> run)
    {
        _storage.Clear();
        _time.Restart();
        await test.Arrange(_other);
        var told = await run();
        await _excuse.Later(test, _other);
        return $"{told}\n{Snapshot()}";
    }

    /// <summary>Without what the caller was told: nobody was left to hear it.</summary>
    private static string StateIn(string outcome) => outcome[outcome.IndexOf('\n', StringComparison.Ordinal)..];

    private static StorageAnswer Count(Func<StorageAnswer> act, ref int requests)
    {
        requests++;
        return act();
    }

    /// <summary>All that is stored, but for what no two runs have in common.</summary>
    private string Snapshot() => string.Join('\n', _storage.Snapshot(Show).Where(line => !_excuse.IsExtra(line)).Order(StringComparer.Ordinal).Select(line => Names().Replace(line, "#")));

    private string? Show(string column, object value) => column is "Stamp" or "Timestamp" || _excuse.Uncounted.Contains(column) ? null : value switch
    {
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        byte[] bytes => $"{bytes.Length} bytes, {Convert.ToHexString(SHA256.HashData(bytes))}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>Random names, and what a time in ticks has below a second.</summary>
    [GeneratedRegex(@"[0-9a-f]{32}|(?<=\b\d{11})\d{7}\b")]
    private static partial Regex Names();
}
