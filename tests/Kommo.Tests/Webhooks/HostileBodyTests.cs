using Kommo.Tests.Webhooks.Fuzzing;
using Kommo.Webhooks;

namespace Kommo.Tests.Webhooks;

/// <summary>What intake takes, 4 MB at most, costs the splitter about as much memory and time as its size says, whatever it is.</summary>
public sealed class HostileBodyTests
{
    private const int Largest = 4 * 1024 * 1024;
    private const int Large = 1024 * 1024;
    private const int Small = Large / 8;

    public static TheoryData<string> Names { get; } = [.. HostileBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_body_takes_about_three_times_its_size_in_memory(string name)
    {
        var make = HostileBodies.All[name];
        Parse(make(Small));
        var body = make(Largest);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse(body);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 3.1 * Largest);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Eight_times_the_body_takes_about_eight_times_the_time(string name)
    {
        var (small, large) = (HostileBodies.All[name](Small), HostileBodies.All[name](Large));
        Read(small);
        Read(large);

        // Anything quadratic takes 64 times as long. The best of several turns says what the work takes; a busy machine only adds to the others.
        var (bestSmall, bestLarge) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var turn = 0; turn < 8 && (turn < 3 || bestLarge > 32 * bestSmall); turn++)
        {
            bestSmall = Min(bestSmall, Time(small));
            bestLarge = Min(bestLarge, Time(large));
        }

        // What takes no time at all in either size grows by nothing that could be told.
        Assert.InRange(bestLarge, TimeSpan.Zero, Max(32 * bestSmall, TimeSpan.FromMilliseconds(20)));
    }

    private static TimeSpan Time(byte[] body)
    {
        var started = TimeProvider.System.GetTimestamp();
        Read(body);
        return TimeProvider.System.GetElapsedTime(started);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static Webhook? Parse(byte[] body)
    {
        try
        {
            return WebhookParser.Parse(body);
        }
        catch (WebhookFormatException)
        {
            return null;
        }
    }

    private static void Read(byte[] body)
    {
        foreach (var told in Parse(body)?.Events ?? [])
        {
            HookInvariants.ReadAll(told);
        }
    }
}
