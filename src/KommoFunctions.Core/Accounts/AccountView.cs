using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KommoFunctions.Operations;

namespace KommoFunctions.Accounts;

/// <summary>An account as an operator sees it: nothing in it is secret.</summary>
internal sealed record AccountView
{
    public required long Id { get; init; }

    public required string Domain { get; init; }

    public string? Name { get; init; }

    /// <summary>As <see cref="AccountState"/>, in camel case.</summary>
    public required AccountState State { get; init; }

    /// <summary>When it came to be in that state.</summary>
    public DateTimeOffset? StateSince { get; init; }

    /// <summary>Why, where there is something to say.</summary>
    public string? StateReason { get; init; }

    /// <summary>What to do about the state; null when nothing.</summary>
    public string? ToDo { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public DateTimeOffset? UninstalledAt { get; init; }

    /// <summary>When its tokens were deleted; null while they are kept.</summary>
    public DateTimeOffset? SecretDeletedAt { get; init; }

    public required DateTimeOffset TokenExpiresAt { get; init; }

    /// <summary>Whether the token is refreshed; a long-lived one is replaced by hand.</summary>
    public required bool TokenIsRefreshed { get; init; }

    public required HookState Hooks { get; init; }

    public string? HooksProblem { get; init; }

    public required DateTimeOffset ReconciledUntil { get; init; }

    public string? Currency { get; init; }

    public string? TimeZone { get; init; }

    public string? AmojoId { get; init; }

    public string? ApiDomain { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The page on which an administrator of the account connects it again; null when a new long-lived token is needed instead.</summary>
    public Uri? Authorize { get; init; }

    /// <summary>What of its work waits; told of one account only.</summary>
    public AccountWorkView? Work { get; init; }

    public static AccountView Of(KommoAccount account, Uri authorize)
    {
        var isRefreshed = account.RefreshDueAt.Year < 9999;
        return new AccountView
        {
            Id = account.Id,
            Domain = account.Address.Authority,
            Name = account.Name,
            State = account.State,
            StateSince = account.StateSince,
            StateReason = account.StateReason,
            ToDo = account.State switch
            {
                AccountState.NeedsAuthorization when isRefreshed => "An administrator of the account has to open the address under 'authorize'. If the token was refused by mistake: POST /api/accounts/{id}/retry-token.",
                AccountState.NeedsAuthorization => "Enter a new long-lived token with POST /api/accounts.",
                AccountState.Active or AccountState.RefreshingLate when account.Hooks == HookState.Refused => "Kommo refuses to send hooks: see whether the account's plan has them, and whether an administrator connected it.",
                _ => null,
            },
            ConnectedAt = account.ConnectedAt,
            UninstalledAt = account.UninstalledAt,
            SecretDeletedAt = account.SecretDeletedAt,
            TokenExpiresAt = account.TokenExpiresAt,
            TokenIsRefreshed = isRefreshed,
            Hooks = account.Hooks,
            HooksProblem = account.HooksProblem,
            ReconciledUntil = account.ReconciledUntil,
            Currency = account.Currency,
            TimeZone = account.TimeZone,
            AmojoId = account.AmojoId,
            ApiDomain = account.ApiDomain,
            Scopes = account.Scopes?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Authorize = isRefreshed ? authorize : null,
        };
    }
}

/// <summary>A long-lived token that an operator enters.</summary>
internal sealed record AccountEntry(string? Domain, string? Token)
{
    public override string ToString() => nameof(AccountEntry);
}

/// <summary>What was wrong (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(List<AccountView>))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(AccountEntry))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class AccountJson : JsonSerializerContext
{
    /// <summary>Names stay readable: the answer is JSON, never put into a page.</summary>
    public static AccountJson Readable => Holder.Instance;

    private static class Holder
    {
        public static readonly AccountJson Instance = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
