namespace Kommo.Simulator.Hooks;

/// <summary>When a hook that was not acknowledged is sent again (Kommo: Webhooks, delivery).</summary>
internal static class RetrySchedule
{
    /// <summary>What an attempt counts as when there was no connection at all.</summary>
    public const int NoAnswer = 0;

    /// <summary>What an attempt counts as when the two seconds passed: nginx's "client closed the request".</summary>
    public const int DeadlinePassed = 499;

    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    public static bool IsAcknowledged(int answer) => answer is >= 100 and < 300;

    /// <summary>The wait before the next attempt, or null when the hook is given up.</summary>
    /// <param name="attempt">The attempt that was just made, from 1.</param>
    /// <param name="answer">Its status code, <see cref="NoAnswer"/> or <see cref="DeadlinePassed"/>.</param>
    public static TimeSpan? WaitAfter(int attempt, int answer) => attempt switch
    {
        1 => TimeSpan.FromMinutes(5),
        2 => TimeSpan.FromMinutes(15),
        3 when answer is 499 or (>= 500 and <= 599) => TimeSpan.FromMinutes(15),
        4 when answer is 499 or (>= 500 and <= 599) => TimeSpan.FromHours(1),
        _ => null,
    };
}
