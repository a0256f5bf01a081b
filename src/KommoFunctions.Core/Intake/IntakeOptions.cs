using KommoFunctions.Configuration;

namespace KommoFunctions.Intake;

/// <summary>What intake accepts. Settings: <c>KommoFunctions:Intake</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>The largest body in bytes; a larger one is answered 413. Default 4 MiB: a mass edit's hook stays far below.</summary>
    [Setting("a number of bytes from 1024 to 33554432, such as 4194304", Min = "1024", Max = "33554432")]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// The most events that one hook may hold; one with more becomes a dead letter. Default 1000: four times the most entities that one change in
    /// Kommo can be of, while a body within <see cref="MaxBodyBytes"/> could hold 100,000, each of which costs money.
    /// </summary>
    [Setting("a whole number from 1 to 100000, such as 1000", Min = "1", Max = "100000")]
    public int MaxEventsPerHook { get; set; } = 1000;

    /// <summary>
    /// How long a hook may take before it is answered 503. Default 1.7 s: Kommo counts an answer after 2 s as none (Kommo: Webhooks,
    /// delivery), and a 503 in time earns the five attempts that a silence may not.
    /// </summary>
    [Setting("a time span up to 2 seconds such as 00:00:01.7", Min = "00:00:00.100", Max = "00:00:02")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(1.7);

    /// <summary>
    /// How long a hook of the Chats API may take before it is answered 503. Default 4.5 s: Kommo waits 5 s and never comes again (Kommo: Chats
    /// API, webhooks), so it is worth trying until then.
    /// </summary>
    [Setting("a time span up to 5 seconds such as 00:00:04.5", Min = "00:00:00.100", Max = "00:00:05")]
    public TimeSpan ChatDeadline { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>
    /// Whether an ordinary hook must carry, as the query's <c>signature</c> or the header <c>X-Signature</c>, the hexadecimal HMAC-SHA256 of
    /// <c>client_id|account_id</c> under the integration's secret. Default no: Kommo signs no ordinary hook; set it where something between
    /// Kommo and the app does.
    /// </summary>
    [Setting("true or false")]
    public bool RequireSignature { get; set; }
}
