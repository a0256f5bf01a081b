namespace KommoFunctions.Emulators.KeyVault;

/// <summary>A failure that the next matching requests meet.</summary>
public sealed record KeyVaultFault
{
    /// <summary>Which operation fails. Default <see langword="null"/>: whichever comes next.</summary>
    public KeyVaultOperation? Operation { get; init; }

    /// <summary>The HTTP status to answer. Default 503; <see langword="null"/> breaks the connection instead.</summary>
    public int? StatusCode { get; init; } = 503;

    /// <summary>The value of <c>Retry-After</c>, in seconds, as with the vault's 429. Default none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>
    /// Whether the vault acts first, so that only the answer is lost: the case in which a client does not know whether
    /// its secret was stored. Default <see langword="false"/>.
    /// </summary>
    public bool AfterActing { get; init; }

    /// <summary>How many requests fail so. Default 1. Note that the SDK repeats a failed request by itself.</summary>
    public int Times { get; init; } = 1;
}
