using KommoFunctions.Configuration;

namespace KommoFunctions.Limiting;

/// <summary>How fast Kommo is called. Settings: <c>KommoFunctions:Limit</c>.</summary>
public sealed class LimitOptions
{
    private const int LongestAddress = 100;

    /// <summary>Requests per second per account, over all instances. Default 7, Kommo's limit (Kommo: Limitations).</summary>
    [Setting("a whole number from 1 to 50, such as 7", Min = "1", Max = "50")]
    public int RequestsPerSecond { get; set; } = 7;

    /// <summary>
    /// How much longer one request may travel to Kommo than another. Default 50 ms, for the Internet: two requests that left a second apart then
    /// arrive within the limit. The rate it leaves is about 7 / 1.06 = 6.6 a second.
    /// </summary>
    [Setting("a time span from 00:00:00 to 00:00:01, such as 00:00:00.050", Min = "00:00:00", Max = "00:00:01")]
    public TimeSpan ArrivalJitter { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Requests a second over all accounts that leave by one outbound address, in addition to each account's own limit. Default 0: no such limit. Kommo's pages
    /// disagree on whether there is one (Kommo: Limitations, HTTP codes); what it blocks is the address.
    /// </summary>
    [Setting("a whole number from 0 to 1000, such as 0", Min = "0", Max = "1000")]
    public int RequestsPerSecondAndAddress { get; set; }

    /// <summary>
    /// The name of the outbound address, where <see cref="RequestsPerSecondAndAddress"/> is set: instances behind the same NAT gateway share one name. Default
    /// <c>shared</c>: all of them do. It is part of a key in table storage: up to 100 characters, none of them <c>/</c>, <c>\</c>, <c>#</c>,
    /// <c>?</c> or a control character.
    /// </summary>
    [Setting("a name such as shared or nat-weu-1")]
    public string OutboundAddress { get; set; } = "shared";

    /// <summary>The longest wait for a permit inside a function; beyond it the message goes back into its queue. Default 5 s: waiting is billed.</summary>
    [Setting("a time span from 00:00:01 to 00:01:00, such as 00:00:05", Min = "00:00:01", Max = "00:01:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Requests a second that each instance alone may make while storage is away and the instances cannot know of each other. Default 0: how many
    /// instances there are is not known, and what is done without storage cannot be noted as done. With a fixed number of instances it may be
    /// 7 divided by that, rounded down.
    /// </summary>
    [Setting("a whole number from 0 to 7, such as 0", Min = "0", Max = "7")]
    public int RequestsWithoutStorage { get; set; }

    /// <summary>How long an account is left alone after Kommo answered 429 without saying for how long. Default 1 min.</summary>
    [Setting("a time span from 00:00:01 to 01:00:00, such as 00:01:00", Min = "00:00:01", Max = "01:00:00")]
    public TimeSpan PauseWhenLimited { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an account is left alone after Kommo's block page. Default 15 min: each further call prolongs a block.</summary>
    [Setting("a time span from 00:00:01 to 1.00:00:00, such as 00:15:00", Min = "00:00:01", Max = "1.00:00:00")]
    public TimeSpan PauseWhenBlocked { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What Table storage takes as a row key (Understanding the Table service data model: characters disallowed in key fields).</summary>
    internal static string? Check(LimitOptions options, string path) =>
        options.OutboundAddress.Length <= LongestAddress
        && !options.OutboundAddress.Any(letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter))
            ? null
            : $"{path}:{nameof(OutboundAddress)} is '{options.OutboundAddress}'. It should be a name such as shared or nat-weu-1, of at most "
                + $"{LongestAddress} characters, none of them '/', '\\', '#', '?' or a control character: it names a row in table storage.";
}
