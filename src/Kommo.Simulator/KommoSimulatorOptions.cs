using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kommo.Simulator;

/// <summary>How a <see cref="KommoSimulator"/> behaves. The defaults are what Kommo documents.</summary>
public sealed class KommoSimulatorOptions
{
    /// <summary>The loopback port to listen on; 0 (the default) takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>The loopback port of the files' host; 0 (the default) takes a free one.</summary>
    public int DrivePort { get; set; }

    /// <summary>The loopback port of the Chats API's host; 0 (the default) takes a free one.</summary>
    public int ChatsPort { get; set; }

    /// <summary>The account's id. Default 30000001, made up.</summary>
    public long AccountId { get; set; } = 30000001;

    /// <summary>The account's subdomain, as in <c>example.kommo.com</c>.</summary>
    public string Subdomain { get; set; } = "example";

    /// <summary>
    /// Whether the simulator names addresses of this machine where Kommo names hosts: as the callback's <c>referer</c>, as <c>api_domain</c>, as the
    /// <c>domain</c> of a renamed account. Clients that follow them stay here. Two more ports are taken. Default false.
    /// </summary>
    public bool UseLoopbackHosts { get; set; }

    /// <summary>The integration's id. Default made up.</summary>
    public string ClientId { get; set; } = "6f1c2f0e-0000-4000-8000-51aa11a70001";

    /// <summary>The integration's secret. Default made up.</summary>
    public string ClientSecret { get; set; } = "simulator-client-secret";

    /// <summary>The integration's registered redirect URI; both grants must name it exactly (Kommo: OAuth 2.0).</summary>
    public string RedirectUri { get; set; } = "http://localhost/kommo/callback";

    /// <summary>Whether the token endpoint refuses in Russian, as on amocrm.ru. Can be changed while it runs. Default false.</summary>
    public bool TokenErrorsInRussian { get; set; }

    /// <summary>A token of a private integration that is always accepted and never refreshed; null (the default) for none.</summary>
    public string? LongLivedToken { get; set; }

    /// <summary>Requests allowed in any window of one second; the next one gets 429. Default 7 (Kommo: Limitations).</summary>
    public int RequestsPerSecond { get; set; } = 7;

    /// <summary>Answers 429 within <see cref="BlockWindow"/> that lead to the HTML 403 block; 0 never blocks. Default 20.</summary>
    public int BlockAfterRateLimited { get; set; } = 20;

    /// <summary>The span over which answers 429 are counted towards the block. Default 10 seconds.</summary>
    public TimeSpan BlockWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What the body of a 429 names as <c>retry_after</c>. Default 300 seconds (Kommo: HTTP codes).</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>Factor on the waits of the hook retry table: 0.001 turns 5 minutes into 0.3 s. The 2-second deadline stays. Default 1.</summary>
    public double HookTimeScale { get; set; } = 1;

    /// <summary>Hook requests under way at one time. Default 32, so that a slow receiver does not serialise them.</summary>
    public int HookConcurrency { get; set; } = 32;

    /// <summary>Sends every hook a second time, as Kommo may. Default false.</summary>
    public bool DeliverHooksTwice { get; set; }

    /// <summary>What becomes of a token pair that was refreshed. Default <see cref="RefreshTokenPolicy.OldLivesUntilNewIsUsed"/>.</summary>
    public RefreshTokenPolicy RefreshTokenPolicy { get; set; } = RefreshTokenPolicy.OldLivesUntilNewIsUsed;

    /// <summary>
    /// Is called when a token pair is issued at the token endpoint and Kommo's side of the exchange is done, before the answer goes out: the moment from
    /// which the asker may be left with nothing. Default nothing.
    /// </summary>
    public Func<SimulatedTokenPair, Task>? TokensIssued { get; set; }

    /// <summary>How long an access token works. Default 24 hours.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long an unused refresh token works. Default 90 days (Kommo says three months).</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Whether one bad item refuses a whole write (true, the default; reported by integrators). False writes the good items and
    /// answers 200 with both <c>_embedded</c> and <c>validation-errors</c>.
    /// </summary>
    public bool WritesAreAllOrNothing { get; set; } = true;

    /// <summary>
    /// Whether <c>PATCH /customers</c> answers under <c>_embedded.leads</c>, as the service was seen to. Default false: as documented.
    /// </summary>
    public bool AnswersOddly { get; set; }

    /// <summary>The id of the integration's chat channel, as support would have given it. Default made up.</summary>
    public string ChatChannelId { get; set; } = "7d2b9b60-0000-4000-8000-c4a77e1c0001";

    /// <summary>The secret that signs requests of the channel and its hooks. Default made up.</summary>
    public string ChatChannelSecret { get; set; } = "simulator-channel-secret";

    /// <summary>The code of the channel, which hooks and talks carry as their origin.</summary>
    public string ChatOrigin { get; set; } = "simulator.chat";

    /// <summary>
    /// Where the channel's own hooks go, <c>:scope_id</c> standing for the scope; null (the default) sends none (Kommo: Chats API).
    /// </summary>
    public string? ChatHook { get; set; }

    /// <summary>The largest part of a file in one request, in bytes. Default 524288 (Kommo: Files).</summary>
    public int DrivePartSize { get; set; } = 524_288;

    /// <summary>The largest file, in bytes. Default 314572800 (Kommo: Files).</summary>
    public long DriveFileSize { get; set; } = 314_572_800;

    /// <summary>The account's time zone: task and note hooks carry local text dates. Default UTC.</summary>
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>Where the account is kept between runs; null (the default) keeps it in memory only.</summary>
    public string? StateFile { get; set; }

    /// <summary>The clock of entities, tokens, limits and hooks. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the simulator logs. Default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Port, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentException.ThrowIfNullOrWhiteSpace(Subdomain);
        ArgumentException.ThrowIfNullOrWhiteSpace(ClientId);
        ArgumentException.ThrowIfNullOrWhiteSpace(ClientSecret);
        ArgumentException.ThrowIfNullOrWhiteSpace(RedirectUri);
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestsPerSecond, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BlockAfterRateLimited);
        ArgumentOutOfRangeException.ThrowIfNegative(HookTimeScale);
        ArgumentOutOfRangeException.ThrowIfLessThan(HookConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AccessTokenLifetime, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
        ArgumentNullException.ThrowIfNull(TimeZone);
    }
}
