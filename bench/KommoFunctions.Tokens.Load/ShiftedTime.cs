namespace KommoFunctions.Tokens.Load;

/// <summary>The system's clock, ahead by as much as was said; waiting takes as long as ever.</summary>
internal sealed class ShiftedTime(TimeSpan ahead = default) : TimeProvider
{
    private long _ahead = ahead.Ticks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
