using KommoFunctions.Storage;

namespace KommoFunctions.Tokens;

/// <summary>
/// Reads an account's newest tokens. The vault has no compare-and-swap: who comes back late, after its lock has passed to another, can put its
/// pair on top of a newer one there. Storage's row says which pair is the newest, and then that one is read.
/// </summary>
internal sealed class TokenReader(RowLeases locks, TokenVault vault, TokenCopies copies)
{
    /// <summary>The tokens to use now; null when the account has none. Costs one request to the vault.</summary>
    public async Task<AccountTokens?> ReadAsync(long accountId, CancellationToken cancellationToken) =>
        (await FindAsync(accountId, await ReadStateAsync(accountId, cancellationToken), cancellationToken))?.Tokens;

    public async Task<RotationState> ReadStateAsync(long accountId, CancellationToken cancellationToken) =>
        await locks.FindStateAsync<RotationState>(RotationState.LockScope, LockName(accountId), cancellationToken) ?? new();

    /// <summary>The number for the pair of a new connection: beyond all that were given out or refused.</summary>
    public async Task<long> NextGenerationAsync(long accountId, CancellationToken cancellationToken)
    {
        var state = await ReadStateAsync(accountId, cancellationToken);
        var latest = await vault.ReadAsync(accountId, cancellationToken);
        return 1 + Math.Max(Math.Max(state.Newest.Generation, state.RejectedGeneration), Math.Max(state.Intent?.Generation ?? 0, latest?.Generation ?? 0));
    }

    /// <summary>
    /// The newest pair, given what storage knows. Without the version that storage knows of, the secret was deleted and is entered anew: then the
    /// latest one counts.
    /// </summary>
    public async Task<StoredTokens?> FindAsync(long accountId, RotationState state, CancellationToken cancellationToken)
    {
        if (state.IsInCopy && (await copies.OpenAsync(accountId, cancellationToken)).FirstOrDefault(pair => pair.Order >= state.Newest) is { } copied)
        {
            return new StoredTokens(copied, Version: null);
        }

        var latest = await vault.FindAsync(accountId, version: null, cancellationToken);
        return state.NewestVersion is { } version && (latest is null || latest.Tokens.Order < state.Newest)
            ? await vault.FindAsync(accountId, version, cancellationToken) ?? latest
            : latest;
    }

    /// <summary>The newest pair wherever one may have been left by a process that ended, or lost its lock, before it could tell storage.</summary>
    public async Task<StoredTokens?> FindEverywhereAsync(long accountId, RotationState state, CancellationToken cancellationToken)
    {
        var copied = await copies.OpenAsync(accountId, cancellationToken) is [var first, ..] ? first : null;
        var found = await FindAsync(accountId, state, cancellationToken);
        if (await vault.FindNewerVersionAsync(accountId, found?.Tokens.Order ?? default, cancellationToken) is { } version)
        {
            found = await vault.FindAsync(accountId, version, cancellationToken) ?? found;
        }

        return copied is not null && (found is null || copied.Order > found.Tokens.Order) ? new StoredTokens(copied, Version: null) : found;
    }

    public static string LockName(long accountId) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{accountId}");
}
