using Kommo.Simulator;
using KommoFunctions.Emulators.KeyVault;
using KommoFunctions.Emulators.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace KommoFunctions.Tokens.Load;

/// <summary>How long a new pair existed before it was durable: from Kommo's exchange until the copy was stored, and until the vault had it.</summary>
/// <param name="ToCopy">In milliseconds, ascending.</param>
/// <param name="ToVault">In milliseconds, ascending.</param>
/// <param name="ToEither">In milliseconds, ascending.</param>
internal sealed record WindowResult(IReadOnlyList<double> ToCopy, IReadOnlyList<double> ToVault, IReadOnlyList<double> ToEither)
{
    public static double Quantile(IReadOnlyList<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(share * sorted.Count))];
}

/// <summary>Measures the window in which a crash loses the account where Kommo takes the old token back at once.</summary>
internal sealed class WindowRun : IRotationSteps
{
    private const int WarmUp = 10;

    private static readonly TimeProvider Time = TimeProvider.System;

    private long _issued;
    private long _copied;
    private long _inVault;

    /// <param name="rotations">How many rotations are measured.</param>
    /// <param name="storage">How far away storage is, there and back.</param>
    /// <param name="vault">How long the vault takes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<WindowResult> RunAsync(int rotations, TimeSpan storage, TimeSpan vault, CancellationToken cancellationToken)
    {
        await using var surroundings = await Surroundings.StartAsync(RefreshTokenPolicy.OldDiesAtOnce, Time, cancellationToken);
        surroundings.Storage.Faults.RequestLatency = surroundings.Storage.Faults.ResponseLatency = new StorageLatency(storage / 2, TimeSpan.Zero);
        surroundings.Vault.Latency = vault;
        return await new WindowRun().RunCoreAsync(surroundings, rotations, cancellationToken);
    }

    public ValueTask OverAsync(long accountId, RotationStep step)
    {
        // Told of when the answer is back, which is later than the copy is durable: never too short.
        if (step == RotationStep.CopyStored)
        {
            Volatile.Write(ref _copied, Time.GetTimestamp());
        }

        return ValueTask.CompletedTask;
    }

    private async Task<WindowResult> RunCoreAsync(Surroundings surroundings, int rotations, CancellationToken cancellationToken)
    {
        var (id, _) = await surroundings.ConnectAsync(TimeSpan.FromHours(1), cancellationToken);
        await using var provider = surroundings.CreateProvider(Time, this);
        var refresher = provider.GetRequiredService<TokenRefresher>();
        surroundings.Kommo.Options.TokensIssued = _ =>
        {
            Volatile.Write(ref _issued, Time.GetTimestamp());
            return Task.CompletedTask;
        };
        surroundings.Vault.Acted = (operation, _) =>
        {
            if (operation == KeyVaultOperation.Set)
            {
                Volatile.Write(ref _inVault, Time.GetTimestamp());
            }
        };
        var (copies, vaults, either) = (new List<double>(), new List<double>(), new List<double>());
        for (var rotation = -WarmUp; rotation < rotations; rotation++)
        {
            var first = true;
            await refresher.RefreshAsync(id, surroundings.Kommo.BaseAddress, _ => first && !(first = false), cancellationToken);
            if (rotation >= 0)
            {
                copies.Add(Time.GetElapsedTime(_issued, _copied).TotalMilliseconds);
                vaults.Add(Time.GetElapsedTime(_issued, _inVault).TotalMilliseconds);
                either.Add(Math.Min(copies[^1], vaults[^1]));
            }
        }

        return new WindowResult([.. copies.Order()], [.. vaults.Order()], [.. either.Order()]);
    }
}
