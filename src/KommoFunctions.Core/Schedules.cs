namespace KommoFunctions;

/// <summary>When the timers run: NCRONTAB expressions with seconds, UTC. The timer triggers and the local host take them from here.</summary>
public static class Schedules
{
    /// <summary>Every 10 minutes: a token is refreshed at half its life of a day, so a missed run costs nothing.</summary>
    public const string RefreshTokens = "0 */10 * * * *";

    /// <summary>Every 15 minutes: Kommo gives a hook up after about 95 (Kommo: Webhooks, delivery).</summary>
    public const string Reconcile = "30 */15 * * * *";

    /// <summary>
    /// Every hour, for some minutes at most: as a rule there is something to do once a day only, but what is left over is done in the next hours.
    /// </summary>
    public const string Maintain = "0 20 * * * *";
}
